import { stringifyYaml } from '@redocly/openapi-core';

/** The objects whose entries are many, by the keys that lead to them. */
const takenApart = [
  'paths',
  'components',
  'components.schemas',
  'components.responses',
  'components.examples',
  'components.parameters',
];

/**
 * Prints a bundled document. Paths and components are printed one by one: for the whole at once, the printer would hold
 * a tree ten times as large as its text, and copy the text once per level. The text is the same.
 */
export function printYaml(document: object): string {
  return printEntries(document, []);
}

function printEntries(parent: object, above: string[]): string {
  return Object.entries(parent)
    .map(([key, value]) => {
      const keys = [...above, key];
      if (!takenApart.includes(keys.join('.')) || Object.keys(value ?? {}).length === 0)
        return print(value, keys);
      return `${'  '.repeat(above.length)}${key}:\n${printEntries(value, keys)}`;
    })
    .join('');
}

/** Prints it below its keys, which determine its indentation, and leaves out the lines of all but the last. */
function print(value: unknown, keys: string[]): string {
  const nested = keys.reduceRight((inner, key) => ({ [key]: inner }), value);
  const text = stringifyYaml(nested, { lineWidth: -1, noRefs: true });
  const start = keys.slice(1).reduce((position) => text.indexOf('\n', position) + 1, 0);
  // A text that ends in empty lines is followed by the mark for the end of a document.
  return text.slice(start, text.endsWith('\n...\n') ? -'...\n'.length : undefined);
}
