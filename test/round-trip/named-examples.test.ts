import { type ApiCall, type CallOptions, createClient, HttpError, isErrorOf } from 'nectar-openapi';
import { afterAll, describe, expect, it } from 'vitest';
import { loadContract } from '../contract/contract.ts';
import { useMock } from './mock.ts';
import { type NamedAnswer, operations, type RoundTripOperation } from './operations.ts';

const mock = useMock();
const seen = { requests: new Set<string>(), answers: new Set<string>() };

/** Calls an operation as its examples say, and asks the mock for one of its answers. */
function call(operation: RoundTripOperation, answer: NamedAnswer, body?: unknown): ApiCall<unknown> {
  const nectar = createClient({ apiKey: 'round-trip-key', baseUrl: mock.url, maxRetries: 0 });
  const method = nectar[operation.id as 'ping'] as (...input: unknown[]) => ApiCall<unknown>;
  const options: CallOptions = { headers: { prefer: `code=${answer.status}, example=${answer.name}` } };
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
  const successes = operation.answers.filter(({ status }) => status < 300);
  const failures = operation.answers.filter(({ status }) => status >= 400);

  it.each(successes)('resolves to the example $name of $status', async (answer) => {
    const { data, response } = await call(operation, answer).withResponse();
    expect(data).toEqual(answer.value);
    expect(response.status).toBe(answer.status);
    expectNoViolations();
    seen.answers.add(`${operation.id} ${answer.status} ${answer.name}`);
  });

  it.each(failures)('rejects with the example $name of $status', async (answer) => {
    const error = await call(operation, answer).then(undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ operation: operation.id, status: answer.status, body: answer.value });
    expect(isErrorOf(error, operation.id as 'ping')).toBe(true);
    expectNoViolations();
    seen.answers.add(`${operation.id} ${answer.status} ${answer.name}`);
  });

  it.each([
    ...(operation.requests ?? []),
  ])('sends the request %s, which the contract accepts', async (name, body) => {
    const answer = successes.find((each) => each.name === name) ?? successes[0];
    if (!answer) throw new Error(`${operation.id} has no example of a success.`);
    expect(await call(operation, answer, body)).toEqual(answer.value);
    expectNoViolations();
    seen.requests.add(`${operation.id} ${name}`);
  });
});

afterAll(async () => {
  const { paths } = await loadContract();
  const bodies = operations.flatMap(({ id, requests }) =>
    [...(requests?.keys() ?? [])].map((name) => `${id} ${name}`),
  );
  const answers = operations.flatMap(({ id, answers }) =>
    answers.map(({ status, name }) => `${id} ${status} ${name}`),
  );
  expect(operations).toHaveLength(JSON.stringify(paths).split('"operationId":').length - 1);
  expect([...seen.requests].sort()).toEqual(bodies.sort());
  expect([...seen.answers].sort()).toEqual(answers.sort());
});
