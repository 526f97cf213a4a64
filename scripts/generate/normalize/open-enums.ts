import { type Document, type Reference, resolve } from '../../openapi/document.ts';
import { forEachSchema, isObject, type SchemaNode } from './walk.ts';

/**
 * Writes a list of values that allows other strings as a string with `x-known-values`: an anyOf of an enum and a string,
 * as in the contracts of 3GPP, the keys of our `x-enumDescriptions`, and `x-extensible-enum`, as in those of Zalando.
 */
export function readOpenEnums(document: Document): void {
  forEachSchema(document, ({ schema }) => {
    const values = knownValues(schema) ?? joinAlternatives(document, schema);
    if (values) schema['x-known-values'] = values;
  });
}

function knownValues(schema: SchemaNode): string[] | undefined {
  const { type, enum: closed, 'x-enumDescriptions': meanings } = schema;
  const list = (schema as { 'x-extensible-enum'?: unknown })['x-extensible-enum'];
  if (![type].flat().includes('string') || closed) return undefined;
  if (isObject(meanings)) return Object.keys(meanings);
  return Array.isArray(list) ? list.map(String) : undefined;
}

/** Turns the alternatives into a type if they are an enum, a string and perhaps null. */
function joinAlternatives(document: Document, schema: SchemaNode): string[] | undefined {
  const { anyOf, oneOf, allOf, type = 'string', enum: closed } = schema;
  const members = (anyOf ?? oneOf)?.map((each) =>
    resolve<SchemaNode>(document, each as SchemaNode | Reference),
  );
  if (!members || (anyOf && oneOf) || allOf || closed || type !== 'string') return undefined;
  const others = members.filter((each) => each.type !== 'null');
  const lists = others.filter((each) => Array.isArray(each.enum) || each.const !== undefined);
  const values = lists.flatMap((each) => each.enum ?? [each.const]);
  const isText = (each: SchemaNode) =>
    isObject(each) && each.type === 'string' && !each.anyOf && !each.oneOf && !each.allOf && !each.nullable;
  if (lists.length === 0 || lists.length === others.length) return undefined;
  if (!others.every((each) => lists.includes(each) || isText(each))) return undefined;
  if (!values.every((each) => typeof each === 'string')) return undefined;
  delete schema.anyOf;
  delete schema.oneOf;
  const nullable = schema.nullable || others.length < members.length;
  schema.type = nullable ? ['string', 'null'] : 'string';
  delete schema.nullable;
  return [...new Set(values)];
}
