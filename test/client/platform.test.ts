import { getGlobalDispatcher, MockAgent, setGlobalDispatcher } from 'undici';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deadOrigin, FaultServer, json, reset } from './fault-server.ts';
import { connect, FACES, failureOf, fetchClient, ID } from './subject.ts';

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const [legacy, current] = [1, 2].map((version) => Symbol.for(`undici.globalDispatcher.${version}`)) as [
  symbol,
  symbol,
];

/** Changes the global dispatchers of undici for one test. */
async function withDispatchers<Result>(
  values: Record<symbol, unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = Reflect.ownKeys(values).map((key) => [key, Reflect.get(globalThis, key)] as const);
  Object.assign(globalThis, values);
  try {
    return await work();
  } finally {
    for (const [key, value] of before) Reflect.set(globalThis, key, value);
  }
}

describe.each(FACES)('%s', (face) => {
  test.each(['of the call', 'of the process'])(
    'a mock %s of undici leaves a create unknown, and it is not sent again',
    async (whose) => {
      const mock = new MockAgent();
      mock.disableNetConnect();
      const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      mock
        .get('http://127.0.0.1:9')
        .intercept({ path: () => true, method: 'POST' })
        .replyWithError(cause)
        .persist();
      const isGlobal = whose === 'of the process';
      const dispatcher = getGlobalDispatcher();
      if (isGlobal) setGlobalDispatcher(mock);
      try {
        const options = isGlobal ? {} : { fetchOptions: { dispatcher: mock } };
        const error = await failureOf(connect(face, 'http://127.0.0.1:9', options).POST());
        expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'unknown', attempts: 1 });
      } finally {
        setGlobalDispatcher(dispatcher);
        await mock.close();
      }
    },
  );

  test('works with the key of undici 8 alone, and still knows what was not sent', async () => {
    const dispatcher = Reflect.get(globalThis, legacy);
    await using server = await FaultServer.start(json(200, { id: ID }), reset);
    const client = connect(face, server.origin, { maxRetries: 0 });
    const dead = connect(face, await deadOrigin(), { maxRetries: 0 });
    await withDispatchers({ [legacy]: undefined, [current]: dispatcher }, async () => {
      expect((await client.POST()).end).toBe('data');
      expect(await failureOf(client.POST())).toMatchObject({ outcome: 'unknown' });
      expect(await failureOf(dead.POST())).toMatchObject({ outcome: 'not-sent' });
    });
  });

  test('leaves the sending to fetch where there is no key of undici', async () => {
    const dispatcher = Reflect.get(globalThis, legacy);
    await using server = await FaultServer.start(json(200, { id: ID }));
    const send = fetch;
    const given: unknown[] = [];
    vi.stubGlobal('fetch', (url: string, init: RequestInit & { dispatcher?: unknown }) => {
      given.push(init.dispatcher);
      return send(url, { ...init, dispatcher } as RequestInit);
    });
    const client = connect(face, server.origin, { maxRetries: 0 });
    await withDispatchers({ [legacy]: undefined, [current]: undefined }, async () => {
      expect((await client.GET()).end).toBe('data');
    });
    expect(given).toEqual([undefined]);
  });

  test.each([
    ['Deno', Object.assign(new TypeError('client error (Connect): tcp connect error'), {})],
    ['Bun', Object.assign(new Error('Unable to connect.'), { code: 'ConnectionRefused' })],
    ['node-fetch', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
  ])(
    'where an error alone, as of %s, says that there was no connection, a create is unknown',
    async (_, error) => {
      const sent: unknown[] = [];
      vi.stubGlobal('fetch', (url: string) => {
        sent.push(url);
        return Promise.reject(error);
      });
      expect(await failureOf(connect(face, 'http://127.0.0.1:9').POST())).toMatchObject({
        outcome: 'unknown',
        attempts: 1,
      });
      expect(sent).toHaveLength(1);
    },
  );

  test('sends one id for each time that a call is sent, and another for the next call', async () => {
    await using server = await FaultServer.start(json(503, {}), json(200, { id: ID }));
    const client = connect(face, server.origin, { callIdHeader: 'X-Call-Id' });
    expect((await client.GET()).end).toBe('data');
    expect((await client.POST()).end).toBe('data');
    const ids = server.requests.map(({ headers }) => headers['x-call-id']);
    expect(ids).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), ids[0], expect.any(String)]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test('keeps an id that the caller has set, and does not send a create again for having one', async () => {
    await using server = await FaultServer.start(json(503, {}));
    const client = connect(face, server.origin, {
      callIdHeader: 'x-call-id',
      headers: { 'x-call-id': 'own' },
    });
    expect((await client.POST()).status).toBe(503);
    expect(server.requests.map(({ headers }) => headers['x-call-id'])).toEqual(['own']);
    expect((await client.POST({ headers: { 'x-call-id': 'other' } })).status).toBe(503);
    expect(server.requests.at(-1)?.headers['x-call-id']).toBe('other');
    expect((await client.POST({ callIdHeader: 'x-other-id' })).status).toBe(503);
    expect(server.requests.at(-1)?.headers['x-other-id']).toMatch(/^[\da-f-]{36}$/);
  });
});

test.each(['', 'two words', 'x\n', 5])('callIdHeader %j is refused', (callIdHeader) => {
  expect(() => fetchClient('http://127.0.0.1:9', { callIdHeader: callIdHeader as string })).toThrow(
    'callIdHeader must be the name of a header.',
  );
});

test('Deno sends a body that it cannot send twice', async () => {
  vi.stubGlobal('Deno', {});
  await using server = await FaultServer.start(json(200, { id: ID }));
  const kinds: string[] = [];
  const send: typeof fetch = (input, init) => {
    kinds.push(Object.prototype.toString.call(init?.body));
    return fetch(input, init);
  };
  const client = connect('methods', server.origin, { fetch: send });
  await client.POST();
  await client.GET();
  expect(kinds).toEqual(['[object Blob]', '[object Null]']);
  expect(server.requests[0]).toMatchObject({
    body: '{"maxUses":1}',
    headers: { 'content-type': 'application/json', 'content-length': '13' },
  });
});
