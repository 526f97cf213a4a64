import { type ApiCall, createClient, createFetchClient, HttpError, isErrorOf } from 'nectar-openapi';
import { afterAll, describe, expect, it } from 'vitest';
import { loadContract } from '../contract/contract.ts';
import { useMock } from './mock.ts';
import { type NamedResponse, operations, type RoundTripOperation } from './operations.ts';

const mock = useMock();

interface Outcome {
  status: number;
  data?: unknown;
  /** The body of an error status. */
  error?: unknown;
}

/** Calls an operation as its examples say, and requests one of its responses from the mock. */
type CallOperation = (
  operation: RoundTripOperation,
  example: NamedResponse,
  body?: unknown,
) => Promise<Outcome>;

const options = () => ({ apiKey: 'round-trip-key', baseUrl: mock.url, maxRetries: 0 });
const prefer = ({ status, name }: NamedResponse) => ({ prefer: `code=${status}, example=${name}` });

const byFetchClient: CallOperation = async (operation, example, body) => {
  const { method, path, pathParameters, query } = operation;
  const api = createFetchClient(options());
  const request = api.request as unknown as (
    method: string,
    path: string,
    init: object,
  ) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
  const { data, error, response } = await request(method.toLowerCase(), path, {
    params: { path: pathParameters, ...(query && { query }) },
    headers: prefer(example),
    ...(body !== undefined && { body }),
  });
  return { status: response.status, data, error };
};

const byMethod: CallOperation = async (operation, example, body) => {
  const method = createClient(options())[operation.id as 'ping'] as (...input: unknown[]) => ApiCall<unknown>;
  const call = method(
    ...Object.values(operation.pathParameters),
    ...(operation.requests ? [body] : []),
    ...(operation.query ? [operation.query] : []),
    { headers: prefer(example) },
  );
  try {
    const { data, response } = await call.withResponse();
    return { status: response.status, data };
  } catch (error) {
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ operation: operation.id });
    expect(isErrorOf(error, operation.id as 'ping')).toBe(true);
    const { status, body: said } = error as HttpError;
    return { status, error: said };
  }
};

describe.each([
  ['fetch client', byFetchClient],
  ['methods', byMethod],
] as const)('%s', (_, call) => {
  const called = { requests: new Set<string>(), responses: new Set<string>() };

  describe.each(operations)('$id', (operation) => {
    const successes = operation.responses.filter(({ status }) => status < 300);

    it.each(operation.responses)('returns the example $name of $status', async (example) => {
      const { status, value, name } = example;
      const key = status < 300 ? 'data' : 'error';
      expect(await call(operation, example)).toEqual({ status, [key]: value });
      expect(mock.exchanges.flatMap(({ violations }) => violations)).toEqual([]);
      called.responses.add(`${operation.id} ${status} ${name}`);
    });

    it.each([...(operation.requests ?? [])])(
      'sends the request %s, which the contract accepts',
      async (name, body) => {
        const example = successes.find((each) => each.name === name) ?? successes[0];
        if (!example) throw new Error(`${operation.id} has no example of a success.`);
        expect(await call(operation, example, body)).toMatchObject({ data: example.value });
        expect(mock.exchanges.flatMap(({ violations }) => violations)).toEqual([]);
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
});
