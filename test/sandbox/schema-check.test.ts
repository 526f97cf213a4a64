import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requests } from '../../generated/requests.ts';
import { compile } from '../../scripts/sandbox/schema-check.ts';

const ajv = new Ajv2020();
addFormats.default(ajv);

const schemas = requests.flatMap(({ operationId, parameters, body }) => [
  ...parameters.map(({ name, schema }) => ({ name: `${operationId}, ${name}`, schema })),
  ...(body ? [{ name: `${operationId}, the body`, schema: body.schema }] : []),
]);

const text = fc.oneof(
  fc.string(),
  fc.uuid(),
  fc.emailAddress(),
  fc.constantFrom(
    'PASSWORD_INCORRECT',
    'a@b',
    'a@b.c',
    '2024-02-29',
    '2023-02-29',
    '2025-13-01',
    'US',
    '\u{1F600}',
  ),
);
const value = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 3 }),
);
const body = fc.dictionary(
  fc.constantFrom(
    'allowedEmails',
    'expiresInSeconds',
    'maxUses',
    'sendEmail',
    'prefill',
    '__proto__',
    'other',
  ),
  fc.oneof(
    value,
    fc.dictionary(
      fc.constantFrom(
        'url',
        'country',
        'initialSites',
        'utilityTypes',
        'connectionOwnerEmail',
        'dataCollectionStartDate',
      ),
      value,
    ),
  ),
);

test('there are schemas to compare', () => {
  expect(schemas.length).toBeGreaterThan(10);
});

test.each(schemas)('$name: the sandbox accepts what Ajv accepts, and nothing else', ({ schema }) => {
  const [check, validate] = [compile(schema), ajv.compile(schema)];
  fc.assert(
    fc.property(fc.oneof(body, value), (given) => {
      const wire = JSON.parse(JSON.stringify(given)) as unknown;
      expect(check(wire) === undefined).toBe(validate(wire));
    }),
    { numRuns: 300 },
  );
});

test('each single keyword does the same as in Ajv', () => {
  const one = fc.oneof(
    fc.record({ type: fc.constantFrom('string', 'number', 'integer', 'null', 'array', 'object', 'boolean') }),
    fc.record({ minimum: fc.integer({ min: -3, max: 3 }), maximum: fc.integer({ min: -3, max: 3 }) }),
    fc.record({ minLength: fc.nat(3), maxLength: fc.nat(3), pattern: fc.constantFrom('^a', '.') }),
    fc.record({
      minItems: fc.nat(2),
      maxItems: fc.nat(2),
      items: fc.constantFrom({ type: 'string' }, false, true),
    }),
    fc.record({
      required: fc.constantFrom(['a'], []),
      properties: fc.constant({ a: { const: 1 }, b: { enum: ['x', 1] } }),
      additionalProperties: fc.constantFrom(true, false, { type: 'string' }),
    }),
    fc.record({ allOf: fc.constant([{ type: 'number' }, { minimum: 1 }]) }),
  );
  const small = fc.oneof(
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'constructor'), fc.constantFrom(1, 'x', null)),
    fc.array(fc.constantFrom(1, 'x')),
    fc.constantFrom('', 'a', 'abcd', '\u{1F600}', 0, 1, 1.5, -5, true, null),
  );
  fc.assert(
    fc.property(one, small, (schema, given) => {
      const strict = new Ajv2020({ strict: false });
      expect(compile(schema)(given) === undefined).toBe(strict.validate(schema, given));
    }),
    { numRuns: 500 },
  );
});

test('an unknown keyword or format is refused, and never ignored', () => {
  expect(() => compile({ properties: { a: { multipleOf: 2 } } })).toThrow('cannot check "multipleOf"');
  expect(() => compile({ format: 'ipv4' })).toThrow('cannot check the format "ipv4"');
  expect(() => compile({ constructor: 1 })).toThrow('cannot check "constructor"');
});
