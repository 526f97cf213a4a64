import { type Document, type Reference, resolve, type Schema } from './document.ts';
import { quote } from './text.ts';

/**
 * The type of a request without what only answers hold, or the other way round. It looks at the fields of the value
 * itself, not at those of the objects in it.
 */
export function omitFields(
  document: Document,
  schema: Schema | Reference | undefined,
  marker: 'readOnly' | 'writeOnly',
  type: string,
): string {
  const names = new Set(fieldsWith(document, schema, marker));
  return names.size > 0 ? `Omit<${type}, ${Array.from(names, quote).join(' | ')}>` : type;
}

function fieldsWith(
  document: Document,
  node: Schema | Reference | undefined,
  marker: 'readOnly' | 'writeOnly',
  within: object[] = [],
): string[] {
  const schema: Schema = node ? resolve<Schema>(document, node) : {};
  // `Omit` would merge the alternatives of a union, and swallow the fields beside those that are not named.
  if (within.includes(schema) || schema.oneOf || schema.anyOf || schema.additionalProperties) return [];
  const own = Object.entries(schema.properties ?? {})
    .filter(([, property]) => resolve<Schema>(document, property)[marker])
    .map(([name]) => name);
  const inherited = (schema.allOf ?? []).map((part) =>
    fieldsWith(document, part, marker, [...within, schema]),
  );
  return [...own, ...inherited.flat()];
}
