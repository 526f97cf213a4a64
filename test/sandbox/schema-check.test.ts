import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { requests } from '../../generated/requests.ts';
import { compile } from '../../scripts/sandbox/schema-check.ts';

// Without ownProperties, Ajv itself takes what an object inherits for its own.
const ajv = new Ajv2020({ strict: false, ownProperties: true });
addFormats.default(ajv);

/** Texts at the edges of the formats and lengths. */
const texts = [
  '',
  'a',
  'b',
  'abcd',
  '\u{1F600}',
  '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36',
  'urn:uuid:7D1F0C52-9A3E-4B6D-8F21-5C0E4A9B7D36',
  '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d3',
  'a@b',
  'a@b.c',
  'a.b+c@d-e.example',
  '.a@b.c',
  'a@-b.c',
  '2024-02-29',
  '2000-02-29',
  '1900-02-29',
  '2023-02-29',
  '2023-04-31',
  '2025-13-01',
  '2025-01-00',
];

const scalars = [...texts, 0, 1, 1.5, -5, 3, true, false, null];

const values = [
  ...scalars,
  [],
  [1],
  ['x'],
  ['x', 'x'],
  ['x', 1, null],
  {},
  { a: 1 },
  { a: 2 },
  { b: 'x' },
  { b: 'y' },
  { a: 1, c: 'x' },
  { constructor: 1 },
  JSON.parse('{ "__proto__": 1 }'),
];

/** Each keyword with some of its values. */
const keywords: Record<string, unknown>[] = [
  ...['string', 'number', 'integer', 'null', 'array', 'object', 'boolean', ['string', 'null']].map(
    (type) => ({ type }),
  ),
  ...[-5, 0, 1, 1.5].flatMap((bound) => [{ minimum: bound }, { maximum: bound }]),
  ...[0, 1, 2, 4].flatMap((length) => [{ minLength: length }, { maxLength: length }]),
  ...[0, 1, 2].flatMap((count) => [{ minItems: count }, { maxItems: count }]),
  ...['^a', '.', '^.$', '^$'].map((pattern) => ({ pattern })),
  ...['uuid', 'email', 'date'].map((format) => ({ format })),
  ...[{ type: 'string' }, { minLength: 2 }, false, true].map((items) => ({ items })),
  ...[[], ['a'], ['a', 'c'], ['constructor']].map((required) => ({ required })),
  { properties: { a: { const: 1 }, b: { enum: ['x', 1] } } },
  { properties: { a: false, c: { type: 'string' } } },
  ...[true, false, { type: 'string' }].map((additionalProperties) => ({ additionalProperties })),
  { allOf: [{ type: 'number' }, { minimum: 1 }] },
  { enum: ['a', 1, null] },
  { const: 'abcd' },
];

function differences(schema: unknown, given: readonly unknown[]): string[] {
  const [check, validate] = [compile(schema), ajv.compile(schema as object)];
  return given
    .filter((value) => (check(value) === undefined) !== validate(value))
    .map((value) => `${JSON.stringify(value)} for ${JSON.stringify(schema)}`);
}

test('every keyword, and every two of them together, mean the same as in Ajv', () => {
  const schemas = keywords.flatMap((one, index) =>
    keywords.slice(index).map((other) => ({ ...one, ...other })),
  );
  expect(schemas.length * values.length).toBeGreaterThan(30_000);
  expect(schemas.flatMap((schema) => differences(schema, values))).toEqual([]);
});

test('every schema of a request accepts what Ajv accepts, and nothing else, in each of its fields', () => {
  for (const { parameters, body } of requests) {
    for (const { schema } of parameters)
      expect(differences(schema, [...values, ...scalars.map(String)])).toEqual([]);
    if (!body) continue;
    const fields = Object.keys(Object(Object(body.schema).properties));
    const inner = [
      'url',
      'country',
      'initialSites',
      'utilityTypes',
      'connectionOwnerEmail',
      'dataCollectionStartDate',
    ];
    const wholes = [...fields, 'other', 'constructor'].flatMap((field) => [
      ...[...values, ['PASSWORD_INCORRECT'], ['a@b.c']].map((value) => ({ [field]: value })),
      ...inner.flatMap((name) =>
        [...values, 'US', ['a@b.c']].map((value) => ({ [field]: { [name]: value } })),
      ),
    ]);
    expect(differences(body.schema, [...values, ...wholes])).toEqual([]);
  }
});

test('an unknown keyword or format is refused, and never ignored', () => {
  expect(() => compile({ properties: { a: { multipleOf: 2 } } })).toThrow('cannot check "multipleOf"');
  expect(() => compile({ format: 'ipv4' })).toThrow('cannot check the format "ipv4"');
  expect(() => compile({ constructor: 1 })).toThrow('cannot check "constructor"');
});
