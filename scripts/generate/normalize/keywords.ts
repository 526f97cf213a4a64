import type { Document } from '../../openapi/document.ts';
import { forEachSchema, isObject, type SchemaNode } from './walk.ts';

const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

/** Keywords that a type can express. */
const assertions = [
  ...['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'patternProperties'],
  ...['items', 'prefixItems', 'allOf', 'anyOf', 'oneOf'],
];

/** Rewrites schemas in the form that openapi-typescript reads. */
export function simplifyKeywords(document: Document): void {
  const { openapi = '' } = document as { openapi?: string };
  forEachSchema(document, (place) => {
    const { schema } = place;
    // All references to it have been moved to components; openapi-typescript would treat it as a property.
    delete schema.$defs;
    if (schema.$ref !== undefined) {
      // In 3.0, keywords next to a reference are ignored.
      if (!openapi.startsWith('3.0')) place.holder[place.key] = withSiblings(schema);
      return;
    }
    // `required: true` at the property itself is from an old draft of JSON Schema.
    if (!Array.isArray(schema.required)) delete schema.required;
    dropUnknownTypes(schema);
    joinNull(schema);
    writeLists(schema);
    writeConstNull(schema);
    chooseObjectValues(schema);
    moveValuesToItems(schema);
    dropEmptyObjects(schema);
  });
}

/** openapi-typescript drops the keywords next to `$ref`, which apply since 3.1. */
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

/** Removes types that JSON Schema does not have (`any`, `date`); `file` is from Swagger. */
function dropUnknownTypes(schema: SchemaNode): void {
  const { type } = schema as { type?: unknown };
  if (type === undefined) return;
  const all = [type].flat();
  const known = all.filter((each): each is string => types.includes(each as string));
  if (all.includes('file')) Object.assign(schema, { type: 'string', format: 'binary' });
  else if (known.length === 0) delete schema.type;
  else if (known.length < all.length) schema.type = known;
}

/** The types of ours for strings know no `nullable`. */
function joinNull(schema: SchemaNode): void {
  if (schema.type !== 'string' || !schema.nullable) return;
  schema.type = ['string', 'null'];
  delete schema.nullable;
}

/** A single schema instead of a list becomes a list. */
function writeLists(schema: SchemaNode): void {
  for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
    const value: unknown = schema[key];
    if (value === undefined || Array.isArray(value)) continue;
    if (isObject(value)) schema[key] = [value];
    else delete schema[key];
  }
}

/**
 * openapi-typescript treats an object with an `enum` as a union of schemas. Values that are not objects contradict the
 * type.
 */
function chooseObjectValues(schema: SchemaNode): void {
  const { type, enum: values } = schema;
  if (type !== 'object' || !Array.isArray(values)) return;
  if (!values.every(isObject)) delete schema.enum;
  else
    for (const key of ['type', 'properties', 'required', 'additionalProperties'] as const) delete schema[key];
}

/** openapi-typescript ignores `const: null` and writes `unknown`. */
function writeConstNull(schema: SchemaNode): void {
  if (schema.const !== null) return;
  delete schema.const;
  schema.type = 'null';
}

/**
 * An `enum` of single values at an array is meant for its items. openapi-typescript applies it to the array: its issue
 * 2129.
 */
function moveValuesToItems(schema: SchemaNode): void {
  const { type, enum: values, items } = schema;
  if (type !== 'array' || !Array.isArray(values) || values.some(Array.isArray)) return;
  delete schema.enum;
  schema.items = { ...items, enum: values };
}

/**
 * In allOf, an object without further keywords adds nothing, but openapi-typescript adds a type for it: its issue 1520.
 */
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
