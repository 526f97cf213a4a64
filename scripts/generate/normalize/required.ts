import { type Document, type Reference, resolve, schemaName } from '../../openapi/document.ts';
import { unescapePointer } from '../../openapi/pointer.ts';
import type { Warning } from '../warning.ts';
import { forEachSchema, isObject, type SchemaNode } from './walk.ts';

/**
 * Applies `required` to properties that are defined elsewhere: in a schema of allOf, or next to the list that contains
 * this schema (`oneOf: [{ required: [a] }, { required: [b] }]`). It repeats the property next to `required`. A name
 * without a definition gets the type of the additional properties, which is unknown if the schema does not say it.
 *
 * openapi-typescript ignores such a name, or writes a `WithRequired` that does not compile: its issue 1474.
 */
export function applyRequired(document: Document, warnings: Warning[]): void {
  forEachSchema(document, ({ schema }) => {
    for (const member of [schema.allOf, schema.anyOf, schema.oneOf].flat())
      if (isObject(member) && member.$ref === undefined) defineFrom(document, member, schema);
    requireOfParts(document, schema);
  });
  defineOthers(document, warnings);
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

/** Requires properties that one part of a schema defines and another part, or the schema itself, requires. */
function requireOfParts(document: Document, schema: SchemaNode): void {
  const { allOf, required = [], properties = {} } = schema;
  if (!Array.isArray(allOf)) return;
  const names = new Set([...required, ...allOf.flatMap((part) => requiredBy(document, part))]);
  const parts = [...names].flatMap((name) => {
    if (Object.hasOwn(properties, name) && required.includes(name)) return [];
    const found = findProperty(document, schema, name);
    return found && !found.required ? [[name, found.schema] as const] : [];
  });
  const defined = required.filter(
    (name) => Object.hasOwn(properties, name) || !findProperty(document, schema, name),
  );
  if (schema.required) schema.required = defined;
  if (parts.length === 0) return;
  allOf.push({
    type: 'object',
    required: parts.map(([name]) => name),
    properties: Object.fromEntries(parts),
  });
}

function requiredBy(document: Document, node: SchemaNode, within: object[] = []): string[] {
  const schema = resolve<SchemaNode>(document, node as SchemaNode | Reference);
  if (!isObject(schema) || within.includes(schema)) return [];
  const parts = Array.isArray(schema.allOf) ? schema.allOf : [];
  return [
    ...(Array.isArray(schema.required) ? schema.required : []),
    ...parts.flatMap((part) => requiredBy(document, part, [...within, schema])),
  ];
}

/** Defines the properties that are required and defined nowhere, with one warning for all. */
function defineOthers(document: Document, warnings: Warning[]): void {
  const users = usersByAllOf(document);
  const unknown: Warning[] = [];
  forEachSchema(document, ({ schema, pointer }) => {
    const { type, required, additionalProperties } = schema;
    if (
      !Array.isArray(required) ||
      underCondition.test(pointer()) ||
      ![type ?? 'object'].flat().includes('object')
    )
      return;
    for (const name of required) {
      if (findProperty(document, schema, name)) continue;
      const [, component] = /^#\/components\/schemas\/([^/]+)$/.exec(pointer()) ?? [];
      // A schema that is this one and more can say that only responses have the property.
      const found = (users.get(unescapePointer(component ?? '')) ?? []).map(
        (user) => findProperty(document, user, name)?.schema,
      );
      const { readOnly, writeOnly } = found.find((each) => each?.readOnly || each?.writeOnly) ?? {};
      const other = isObject(additionalProperties) ? additionalProperties : {};
      if (!isObject(additionalProperties) && !found.some(Boolean))
        unknown.push({
          pointer: pointer(),
          message: `\`${name}\` is required here, but described nowhere: its type is unknown.`,
        });
      schema.properties = {
        ...schema.properties,
        [name]: { ...other, ...(readOnly && { readOnly }), ...(writeOnly && { writeOnly }) },
      };
    }
  });
  const [first] = unknown;
  if (!first) return;
  const others = unknown.length > 1 ? ` The same is true in ${unknown.length - 1} more places.` : '';
  warnings.push({ ...first, message: first.message + others });
}

/** A schema that is in no type. */
const underCondition = /(?<!\/properties)\/(?:if|then|else|not|dependentSchemas)(?:\/|$)/;

/** The schemas that have a component in their allOf, by its name. */
function usersByAllOf(document: Document): Map<string, SchemaNode[]> {
  const users = new Map<string, SchemaNode[]>();
  forEachSchema(document, ({ schema }) => {
    for (const part of Array.isArray(schema.allOf) ? schema.allOf : []) {
      const name = schemaName(part);
      if (name !== undefined) users.set(name, [...(users.get(name) ?? []), schema]);
    }
  });
  return users;
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
