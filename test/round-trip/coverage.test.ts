import { expect, it } from 'vitest';
import { type Json, loadContract, resolve } from '../contract/contract.ts';
import { operations } from './operations.ts';

const contract = await loadContract();

/** `prefill`, `prefill.url` and so on: every field that a schema names. */
function fieldsOf(node: Json, above = ''): string[] {
  return Object.entries<Json>(resolve(contract, node).properties ?? {}).flatMap(([name, each]) => [
    above + name,
    ...fieldsOf(each, `${above}${name}.`),
  ]);
}

/** The same of a value. */
function fieldsIn(value: unknown, above = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => [
    above + name,
    ...fieldsIn(each, `${above}${name}.`),
  ]);
}

it.each(operations)('the round trips of $id send a value for each parameter', ({ pathParameters, query }) => {
  expect([...Object.values(pathParameters), ...Object.values(query ?? {})]).not.toContain(undefined);
});

const withBody = operations.filter(({ requests }) => requests);

it.each(withBody)('the round trips of $id send each field of the body at least once', ({ id, requests }) => {
  const operation = Object.values<Json>(contract.paths)
    .flatMap((item: Json) => Object.values<Json>(item))
    .find(({ operationId }) => operationId === id);
  const { schema } = resolve(contract, operation.requestBody).content['application/json'];
  const sent = new Set([...(requests?.values() ?? [])].flatMap((body) => fieldsIn(body)));
  expect([...sent].sort()).toEqual(fieldsOf(schema).sort());
});
