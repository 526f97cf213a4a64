import { isApiClientError } from 'nectar-openapi';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { requestsAt, stopClock, useClock } from './clock.ts';
import { FaultServer, json, reset, respond, stall } from './fault-server.ts';
import { clientsOf } from './made-contract.ts';

const contract = `openapi: 3.1.0
info: { title: Payments, version: 3.1.4 }
servers: [{ url: https://payments.example }]
components:
  securitySchemes: { key: { type: apiKey, in: query, name: token } }
security: [{ key: [] }]
paths:
  /payments:
    post:
      operationId: pay
      parameters:
        - { name: Idempotency-Key, in: header, schema: { type: string } }
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '201': { description: Paid., content: { application/json: { schema: { type: object } } } } }
  /payments/{name}:
    get:
      operationId: getPayment
      parameters:
        - { name: name, in: path, required: true, schema: { type: string } }
      responses: { '200': { description: It., content: { application/json: { schema: { type: object } } } } }
  /status:
    get:
      operationId: ping
      security: []
      responses: { '200': { description: Up., content: { application/json: { schema: { type: object } } } } }
`;

// biome-ignore lint/suspicious/noExplicitAny: see made-contract.ts
let clients: any;
let remove = () => {};

useClock();
beforeAll(async () => {
  ({ clients, remove } = await clientsOf(contract));
});
afterAll(() => remove());
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

type Options = { headers?: object };

const faces = {
  methods: (options: object) => {
    const client = clients.createClient({ apiKey: 'a-token', ...options });
    return {
      pay: (call: Options = {}) => client.pay({ amount: 1 }, call),
      get: (name: string) => client.getPayment(name),
      ping: () => client.ping(),
    };
  },
  'fetch client': (options: object) => {
    const api = clients.createFetchClient({ apiKey: 'a-token', ...options });
    return {
      pay: ({ headers, ...call }: Options = {}) =>
        api.POST('/payments', { body: { amount: 1 }, params: { header: headers }, ...call }),
      get: (name: string) => api.GET('/payments/{name}', { params: { path: { name } } }),
      ping: () => api.GET('/status'),
    };
  },
};

async function failureOf(call: PromiseLike<unknown>) {
  return await call.then(
    () => expect.unreachable(),
    // biome-ignore lint/suspicious/noExplicitAny: an error of either client
    (error: any) => error,
  );
}

describe.each(Object.entries(faces))('%s', (_, create) => {
  test('An idempotency key is created for each call, stays the same, and makes a create safe to retry', async () => {
    await using server = await FaultServer.start(reset, respond(503), json(201, {}));
    const client = create({ baseUrl: server.origin });
    await client.pay();
    await client.pay();
    const keys = server.requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toMatch(/^[\da-f-]{36}$/);
    expect(keys.slice(1, 3)).toEqual([keys[0], keys[0]]);
    expect(keys[3]).not.toBe(keys[0]);
    expect(server.count).toBe(4);
  });

  test('An idempotency key of the caller is sent instead, and stands in the error and its message', async () => {
    await using server = await FaultServer.start(stall);
    const clock = stopClock();
    const client = create({ baseUrl: server.origin, timeout: 3_000, maxRetries: 1 });
    const call = failureOf(client.pay({ headers: { 'Idempotency-Key': 'my-own' } }));
    for (const request of [1, 2]) {
      await requestsAt(server, request);
      await clock.pass(3_000);
    }
    const error = await call;
    expect(server.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['my-own', 'my-own']);
    expect(error).toMatchObject({
      name: 'TimeoutError',
      outcome: 'unknown',
      attempts: 2,
      idempotencyKey: 'my-own',
    });
    expect(error.message).toContain('send my-own again as the idempotency key');
  });

  test('Reserved characters are escaped in a path parameter', async () => {
    await using server = await FaultServer.start(json(200, {}));
    await create({ baseUrl: server.origin }).get('../a?b#c%2f\\é');
    expect(server.requests[0]?.url).toBe('/payments/..%2Fa%3Fb%23c%252f%5C%C3%A9?token=a-token');
  });

  test.each(['', '.', '..'])('The path parameter "%s" is refused', async (name) => {
    await using server = await FaultServer.start(json(200, {}));
    const error = await failureOf(create({ baseUrl: server.origin }).get(name));
    expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent' });
    expect(error.message).toContain('The path parameter name must not be empty, "." or "..".');
    expect(server.count).toBe(0);
  });

  test('A key in the URL is sent, and shown neither by the response nor by an error', async () => {
    await using server = await FaultServer.start(json(404, { detail: 'a-token' }));
    const client = create({ baseUrl: server.origin });
    const settled = await client.get('x').catch((error: unknown) => error);
    expect(server.requests[0]?.url).toBe('/payments/x?token=a-token');
    expect(settled.response?.url ?? `${server.origin}/payments/x`).toBe(`${server.origin}/payments/x`);
  });

  test('A call that needs no key gets none', async () => {
    await using server = await FaultServer.start(json(200, {}));
    await create({ baseUrl: server.origin, apiKey: () => Promise.reject(new Error('No key.')) }).ping();
    expect(server.requests[0]?.url).toBe('/status');
    expect(server.requests[0]?.headers['user-agent']).toBe('Payments-client/3.1.4');
  });

  test('Its errors belong to its own service', async () => {
    const error = await failureOf(create({ baseUrl: 'https://payments.example' }).get(''));
    expect(isApiClientError(error)).toBe(false);
    expect(clients.isApiClientError(error)).toBe(true);
    expect(clients.isErrorOf(error, 'ping')).toBe(false);
  });
});
