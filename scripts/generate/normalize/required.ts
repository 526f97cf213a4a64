import { type Document, type Reference, resolve } from '../../openapi/document.ts';
import type { Remark } from '../remark.ts';
import { forEachSchema, isObject, type SchemaNode } from './walk.ts';

/**
 * Applies `required` to properties that are defined elsewhere: in a schema of allOf, or next to the list that contains
 * this schema (`oneOf: [{ required: [a] }, { required: [b] }]`). It repeats the property next to `required`. A name
 * without a definition has an unknown type.
 *
 * openapi-typescript ignores such a name, or writes a `WithRequired` that does not compile: its issue 1474.
 */
export function applyRequired(document: Document, _remarks: Remark[]): void {
  forEachSchema(document, ({ schema }) => {
    for (const member of [schema.allOf, schema.anyOf, schema.oneOf].flat())
      if (isObject(member) && member.$ref === undefined) defineFrom(document, member, schema);
    requireOfParts(document, schema);
  });
}

/** Adds the properties to a member that it requires and that the schema around it defines. */
function defineFrom(document: Document, member: SchemaNode, around: SchemaNode): void {
  if (!Array.isArray(member.required)) return;
  for (const name of member.required) {
    if (findProperty(document, member, name)) continue;
    const found = findProperty(document, around, name);
    if (found) member.properties = { ...member.properties, [name]: found.schema };
  }
}

/** Requires properties from the allOf parts of a schema in an additional part. */
function requireOfParts(document: Document, schema: SchemaNode): void {
  const { allOf, required, properties = {} } = schema;
  if (!Array.isArray(allOf) || !Array.isArray(required)) return;
  const elsewhere = required.filter((name) => !Object.hasOwn(properties, name));
  schema.required = required.filter((name) => Object.hasOwn(properties, name));
  const parts = elsewhere.flatMap((name) => {
    const found = findProperty(document, schema, name);
    return found && !found.required ? [[name, found.schema] as const] : [];
  });
  if (parts.length === 0) return;
  allOf.push({
    type: 'object',
    required: parts.map(([name]) => name),
    properties: Object.fromEntries(parts),
  });
}

interface Found {
  schema: SchemaNode;
  required: boolean;
}

/** The definitions of a property in a schema and its allOf parts. */
export function findProperty(
  document: Document,
  node: SchemaNode,
  name: string,
  within: object[] = [],
): Found | undefined {
  const schema: SchemaNode = resolve<SchemaNode>(document, node as SchemaNode | Reference);
  if (!isObject(schema) || within.includes(schema)) return undefined;
  const own =
    schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  if (own !== undefined) return { schema: own, required: schema.required?.includes(name) ?? false };
  const parts = Array.isArray(schema.allOf) ? schema.allOf : [];
  const found = parts.flatMap((part) => findProperty(document, part, name, [...within, schema]) ?? []);
  return found.find(({ required }) => required) ?? found[0];
}
