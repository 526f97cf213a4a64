import { isDeepStrictEqual } from 'node:util';
import { type Document, type Reference, resolve } from '../../openapi/document.ts';
import { findProperty } from './required.ts';
import { forEachSchema, isObject, type SchemaNode } from './walk.ts';

/**
 * Adds the properties that a schema only mentions in keywords that openapi-typescript ignores: those of `propertyNames`,
 * and those that it has under a condition (`then`, `else`, `dependentSchemas`), which are optional.
 */
export function addNamesFromElsewhere(document: Document): void {
  forEachSchema(document, ({ schema }) => {
    listNames(document, schema);
    const members = (Array.isArray(schema.allOf) ? schema.allOf : []) as SchemaNode[];
    const added = new Map<string, SchemaNode[]>();
    for (const part of [schema, ...members].flatMap((each) => conditionsOf(each)))
      collect(document, part, added);
    for (const [name, types] of added) {
      if (findProperty(document, schema, name)) continue;
      const [type = {}, ...others] = types.filter(
        (each, index) => types.findIndex((other) => isDeepStrictEqual(other, each)) === index,
      );
      schema.properties = {
        ...schema.properties,
        [name]: others.length > 0 ? { anyOf: [type, ...others] } : type,
      };
    }
  });
}

/** `propertyNames: { enum: [a, b] }` with the type of additional properties becomes properties `a` and `b`. */
function listNames(document: Document, schema: SchemaNode): void {
  const { propertyNames, additionalProperties = true } = schema;
  if (!isObject(propertyNames) || schema.patternProperties) return;
  const { enum: values, const: value } = resolve<SchemaNode>(
    document,
    propertyNames as SchemaNode | Reference,
  );
  const names = values ?? (value === undefined ? undefined : [value]);
  if (!Array.isArray(names) || names.length === 0 || additionalProperties === false) return;
  const type = isObject(additionalProperties) ? additionalProperties : {};
  schema.properties = {
    ...Object.fromEntries(names.map((name) => [String(name), type])),
    ...schema.properties,
  };
  delete schema.additionalProperties;
}

function conditionsOf(schema: SchemaNode): SchemaNode[] {
  const { if: condition, then, else: otherwise, dependentSchemas } = schema;
  return [condition, then, otherwise, ...Object.values(dependentSchemas ?? {})].filter(isObject);
}

/** The properties that a schema under a condition has, with their types. */
function collect(
  document: Document,
  node: SchemaNode,
  found: Map<string, SchemaNode[]>,
  within: object[] = [],
): void {
  const schema = resolve<SchemaNode>(document, node as SchemaNode | Reference);
  if (!isObject(schema) || within.includes(schema)) return;
  const { properties = {}, required } = schema;
  const add = (name: string, type?: SchemaNode) =>
    found.set(name, [...(found.get(name) ?? []), ...(type ? [type] : [])]);
  for (const [name, type] of Object.entries(properties)) add(name, type);
  for (const name of Array.isArray(required) ? required : []) add(name);
  const parts = [schema.allOf, schema.anyOf, schema.oneOf].flat().filter(isObject);
  for (const part of [...parts, ...conditionsOf(schema)]) collect(document, part, found, [...within, schema]);
}
