import { stringifyYaml } from '@redocly/openapi-core';

/** The paths of the large objects. */
const takenApart = [
  'paths',
  'components',
  'components.schemas',
  'components.responses',
  'components.examples',
  'components.parameters',
];

/**
 * Prints a bundled document. Prints paths and components one by one, with the same result: for the whole document, the
 * printer would keep a tree ten times as large as the text, and copy the text once per level.
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

/** Prints a value below its keys, which determine the indentation, without the lines of all keys but the last. */
function print(value: unknown, keys: string[]): string {
  const nested = keys.reduceRight((inner, key) => ({ [key]: inner }), value);
  const text = stringifyYaml(nested, { lineWidth: -1, noRefs: true });
  const start = keys.slice(1).reduce((position) => text.indexOf('\n', position) + 1, 0);
  // After a text with trailing empty lines, the printer writes the end-of-document marker.
  return text.slice(start, text.endsWith('\n...\n') ? -'...\n'.length : undefined);
}
