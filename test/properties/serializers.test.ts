import fc from 'fast-check';
import { expect, test } from 'vitest';
import { multipart, urlencoded } from '../../scripts/runtime/body.ts';
import { form, type WritePairs, writeQuery } from '../../scripts/runtime/parameters.ts';
import { deepObject, delimited, jsonPair, reserved } from '../../scripts/runtime/styles.ts';

const styles: [string, WritePairs][] = [
  ['repeated', form],
  ['commas', delimited(',')],
  ['spaces', delimited(' ')],
  ['pipes', delimited('|')],
  ['deepObject', deepObject],
  ['JSON', jsonPair],
  ['reserved', reserved],
];

const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom('', 'a&b=c', '+ |,;', 'ä', null, undefined),
);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.string(), scalar, { maxKeys: 3 }),
);
const hostile = fc.constantFrom<unknown>(Number.NaN, new Date(0), 1n, () => 1, [[Symbol('s')]], {
  a: new Map(),
});

type Pairs = [string, string][];

/** The names and values that a server reads, or the error. */
async function pairsOf(read: () => Pairs | Promise<Pairs>): Promise<Pairs | string> {
  try {
    return await read();
  } catch (error) {
    return (error as Error).message.replace(/^The (query parameter|field) /, 'The ');
  }
}

test.each(styles)('a query, a form and its parts have the same names and values: %s', async (_, style) => {
  const name = fc.constantFrom('a', 'a[b]', '__proto__', 'constructor', 'ä &');
  await fc.assert(
    fc.asyncProperty(
      name,
      fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: hostile }),
      async (key, each) => {
        const fields = Object.fromEntries([[key, each]]);
        const ways = Object.fromEntries([[key, style]]);
        const query = await pairsOf(() => [...new URLSearchParams(writeQuery(fields, ways))]);
        const body = await pairsOf(() => [...new URLSearchParams(String(urlencoded(ways)(fields, 'form')))]);
        const parts = await pairsOf(async () => {
          const written = multipart(Object.fromEntries([[key, { style }]]))(fields, 'form');
          const read = await new Response(written).formData();
          return Array.from(read, ([field, text]): [string, string] => [field, String(text)]);
        });
        expect(body).toEqual(query);
        // A form has no line breaks of one character.
        const lines = (pairs: Pairs | string) =>
          JSON.parse(JSON.stringify(pairs).replace(/\\r\\n|\\r|\\n/g, '\\n'));
        expect(lines(parts)).toEqual(lines(query));
      },
    ),
    { seed: 20_261_130, numRuns: 100 },
  );
});
