import { expect, test } from 'vitest';
import { compareMeanings } from '../../scripts/diff/meaning.ts';

/** A contract of one operation whose response is a value of this schema. */
function contractOf(version: string, schema: object) {
  const content = { 'application/json': { schema } };
  const responses = { 200: { description: 'It.', content } };
  return {
    openapi: version,
    info: { title: 'One', version: '1' },
    paths: { '/a': { get: { operationId: 'readA', responses } } },
  };
}

test("OpenAPI 3.0's nullable means the type null", () => {
  const plain = contractOf('3.0.3', { type: 'string' });
  const nullable = contractOf('3.0.3', { type: 'string', nullable: true });
  const typed = contractOf('3.1.1', { type: ['string', 'null'] });
  expect(differencesOf(plain, nullable)).toEqual(['null-added']);
  expect(differencesOf(nullable, typed)).toEqual([]);
});

function differencesOf(base: object, revision: object) {
  const [operation] = compareMeanings(base as never, revision as never).values();
  return [...(operation?.response ?? [])];
}
