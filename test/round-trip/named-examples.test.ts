import { type ApiCall, type CallOptions, createClient, HttpError, isErrorOf } from 'nectar-openapi';
import { afterAll, describe, expect, it } from 'vitest';
import { loadContract } from '../contract/contract.ts';
import { useMock } from './mock.ts';
import { type NamedResponse, operations, type RoundTripOperation } from './operations.ts';

const mock = useMock();
const called = { requests: new Set<string>(), responses: new Set<string>() };

/** Calls an operation as its examples say, and requests one of its responses from the mock. */
function call(operation: RoundTripOperation, example: NamedResponse, body?: unknown): ApiCall<unknown> {
  const nectar = createClient({ apiKey: 'round-trip-key', baseUrl: mock.url, maxRetries: 0 });
  const method = nectar[operation.id as 'ping'] as (...input: unknown[]) => ApiCall<unknown>;
  const options: CallOptions = { headers: { prefer: `code=${example.status}, example=${example.name}` } };
  return method(
    ...operation.pathArguments,
    ...(operation.requests ? [body] : []),
    ...(operation.query ? [operation.query] : []),
    options,
  );
}

function expectNoViolations(): void {
  expect(mock.exchanges.flatMap(({ violations }) => violations)).toEqual([]);
}

describe.each(operations)('$id', (operation) => {
  const successes = operation.responses.filter(({ status }) => status < 300);
  const failures = operation.responses.filter(({ status }) => status >= 400);

  it.each(successes)('resolves to the example $name of $status', async (example) => {
    const { data, response } = await call(operation, example).withResponse();
    expect(data).toEqual(example.value);
    expect(response.status).toBe(example.status);
    expectNoViolations();
    called.responses.add(`${operation.id} ${example.status} ${example.name}`);
  });

  it.each(failures)('rejects with the example $name of $status', async (example) => {
    const error = await call(operation, example).then(undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ operation: operation.id, status: example.status, body: example.value });
    expect(isErrorOf(error, operation.id as 'ping')).toBe(true);
    expectNoViolations();
    called.responses.add(`${operation.id} ${example.status} ${example.name}`);
  });

  it.each([...(operation.requests ?? [])])(
    'sends the request %s, which the contract accepts',
    async (name, body) => {
      const example = successes.find((each) => each.name === name) ?? successes[0];
      if (!example) throw new Error(`${operation.id} has no example of a success.`);
      expect(await call(operation, example, body)).toEqual(example.value);
      expectNoViolations();
      called.requests.add(`${operation.id} ${name}`);
    },
  );
});

afterAll(async () => {
  const { paths } = await loadContract();
  const bodies = operations.flatMap(({ id, requests }) =>
    [...(requests?.keys() ?? [])].map((name) => `${id} ${name}`),
  );
  const responses = operations.flatMap(({ id, responses }) =>
    responses.map(({ status, name }) => `${id} ${status} ${name}`),
  );
  expect(operations).toHaveLength(JSON.stringify(paths).split('"operationId":').length - 1);
  expect([...called.requests].sort()).toEqual(bodies.sort());
  expect([...called.responses].sort()).toEqual(responses.sort());
});
