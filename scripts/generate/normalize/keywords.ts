import type { Document } from '../client/document.ts';
import type { Remark } from './remark.ts';
import { forEachSchema, isObject, type SchemaNode } from './walk.ts';

const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

/** Keywords that say which values fit, as far as a type can say it. */
const assertions = [
  ...['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'patternProperties'],
  ...['items', 'prefixItems', 'allOf', 'anyOf', 'oneOf'],
];

/** Writes what a schema can say in several ways in the one that openapi-typescript reads. */
export function simplifyKeywords(document: Document, _remarks: Remark[]): void {
  const { openapi = '' } = document as { openapi?: string };
  forEachSchema(document, (place) => {
    const { schema } = place;
    writeBooleans(schema);
    // Whatever refers to one of them leads to components by now; openapi-typescript takes it for a property of values.
    delete schema.$defs;
    if (schema.$ref !== undefined) {
      // In 3.0 what stands beside a reference is ignored.
      if (!openapi.startsWith('3.0')) place.holder[place.key] = withSiblings(schema);
      return;
    }
    // As a draft before OpenAPI had it, at the property itself.
    if (!Array.isArray(schema.required)) delete schema.required;
    dropUnknownTypes(schema);
    writeLists(schema);
    writeConstNull(schema);
    chooseObjectValues(schema);
    moveValuesToItems(schema);
    dropEmptyObjects(schema);
  });
}

/** openapi-typescript drops what stands beside `$ref`, which counts since 3.1. */
function withSiblings(schema: SchemaNode): SchemaNode {
  const beside = assertions.filter((key) => key in schema);
  if (beside.length === 0) return schema;
  const { $ref = '', ...others } = schema;
  const { description, readOnly, writeOnly, ...own } = others;
  return {
    ...(description !== undefined && { description }),
    ...(readOnly && { readOnly }),
    ...(writeOnly && { writeOnly }),
    allOf: [{ $ref }, own],
  };
}

/** `true` allows any value and `false` none. As an item of a list of schemas either ends openapi-typescript. */
function writeBooleans(schema: SchemaNode): void {
  const write = (value: unknown) => (value === true ? {} : value === false ? { enum: [] } : value);
  for (const key of [
    'allOf',
    'anyOf',
    'oneOf',
    'prefixItems',
    'properties',
    'patternProperties',
    '$defs',
  ] as const) {
    const holder = schema[key] as Record<string, unknown> | undefined;
    if (isObject(holder))
      for (const [name, value] of Object.entries(holder))
        (holder as Record<string, unknown>)[name] = write(value);
  }
}

/** A type that JSON Schema does not have (`any`, `date`) says nothing; `file` is from Swagger. */
function dropUnknownTypes(schema: SchemaNode): void {
  const { type } = schema as { type?: unknown };
  if (type === undefined) return;
  const all = [type].flat();
  const known = all.filter((each): each is string => types.includes(each as string));
  if (all.includes('file')) Object.assign(schema, { type: 'string', format: 'binary' });
  else if (known.length === 0) delete schema.type;
  else if (known.length < all.length) schema.type = known;
}

/** One schema where a list of them belongs is a list of one. */
function writeLists(schema: SchemaNode): void {
  for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
    const value: unknown = schema[key];
    if (value === undefined || Array.isArray(value)) continue;
    if (isObject(value)) schema[key] = [value];
    else delete schema[key];
  }
}

/** Objects with an `enum` are taken for a union of schemas. Values that are no objects contradict the type. */
function chooseObjectValues(schema: SchemaNode): void {
  const { type, enum: values } = schema;
  if (type !== 'object' || !Array.isArray(values)) return;
  if (!values.every(isObject)) delete schema.enum;
  else
    for (const key of ['type', 'properties', 'required', 'additionalProperties'] as const) delete schema[key];
}

/** Its `const: null` is unknown: openapi-typescript takes null for no constant. */
function writeConstNull(schema: SchemaNode): void {
  if (schema.const !== null) return;
  delete schema.const;
  schema.type = 'null';
}

/** Single values at a list are meant for its items. openapi-typescript takes the list for one: its issue 2129. */
function moveValuesToItems(schema: SchemaNode): void {
  const { type, enum: values, items } = schema;
  if (type !== 'array' || !Array.isArray(values) || values.some(Array.isArray)) return;
  delete schema.enum;
  schema.items = { ...items, enum: values };
}

/** In allOf, an object of which nothing is said adds nothing. openapi-typescript types it: its issue 1520. */
function dropEmptyObjects(schema: SchemaNode): void {
  if (!Array.isArray(schema.allOf)) return;
  const telling = schema.allOf.filter((part) => !isEmptyObject(part));
  const others = ['properties', 'anyOf', 'oneOf', 'additionalProperties'].some((key) => key in schema);
  if (telling.length > 0 || others) schema.allOf = telling;
  if (schema.allOf.length === 0) delete schema.allOf;
}

function isEmptyObject(schema: SchemaNode): boolean {
  if (!isObject(schema) || schema.$ref !== undefined) return false;
  const { properties = {}, additionalProperties, ...others } = schema;
  const says = assertions.filter((key) => key !== 'type' && key in others);
  const open = additionalProperties === undefined || additionalProperties === true;
  return (
    (schema.type === 'object' || schema.type === undefined) &&
    open &&
    says.length === 0 &&
    Object.keys(properties).length === 0 &&
    !schema.discriminator
  );
}
