import { type Document, type Reference, resolve, type Schema } from './document.ts';

/** The JSON types that a value can have, `integer` as a number. Empty where its schema does not say. */
export function kindsOf(
  document: Document,
  node: Schema | Reference | undefined,
  within: object[] = [],
): Set<string> {
  const schema: Schema = node ? resolve<Schema>(document, node) : {};
  // A schema that contains itself says no more the second time.
  if (within.includes(schema)) return new Set();
  const { type, properties, nullable, allOf = [], oneOf, anyOf } = schema;
  if (type || properties) {
    const types = [type ?? 'object', nullable ? 'null' : []].flat();
    return new Set(types.map((each) => each.replace('integer', 'number')));
  }
  const kinds = (part: Schema | Reference) => kindsOf(document, part, [...within, schema]);
  const alternatives = (oneOf ?? anyOf ?? []).map(kinds);
  if (alternatives.some((each) => each.size === 0)) return new Set();
  return new Set([...alternatives, ...allOf.map(kinds)].flatMap((each) => [...each]));
}
