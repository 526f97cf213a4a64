import { createTransport } from 'nectar-openapi';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { requestsAt, settle, stopClock, useClock } from './clock.ts';
import { FaultServer, json, respond, stall } from './fault-server.ts';
import { connect, FACES, failureOf, ID, KEY } from './subject.ts';

useClock();

describe.each(FACES)('%s', (face) => {
  test.each(['', null])(
    'A key of a call that is %j is refused, and not replaced by that of the client',
    async (key) => {
      await using server = await FaultServer.start(json(200, { id: ID }));
      const apiKey = key as string;
      const error = await failureOf(connect(face, server.origin).GET({ apiKey }));
      expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent' });
      expect(error.message).toContain('The API key is missing.');
      const transport = createTransport({ apiKey: KEY, baseUrl: server.origin });
      expect(() => transport.withOptions({ apiKey })).toThrow('The API key is missing.');
      expect(() => createTransport({ apiKey })).toThrow('The API key is missing.');
      vi.stubEnv('NECTAR_API_KEY', KEY);
      onTestFinished(() => void vi.unstubAllEnvs());
      expect(() => createTransport({ apiKey })).toThrow('The API key is missing.');
      expect(server.count).toBe(0);
    },
  );

  test('An apiKey function is asked before each request', async () => {
    await using server = await FaultServer.start(json(429, {}), json(200, { id: ID }));
    let turn = 0;
    await connect(face, server.origin, { apiKey: async () => `key-${++turn}` }).POST();
    expect(server.requests.map(({ headers }) => headers['x-api-key'])).toEqual(['key-1', 'key-2']);
  });

  test('A key of one call is only sent with that call', async () => {
    await using server = await FaultServer.start(json(200, { id: ID }));
    const client = connect(face, server.origin, { apiKey: 'one' });
    await client.GET({ apiKey: 'two' });
    await client.GET();
    expect(server.requests.map(({ headers }) => headers['x-api-key'])).toEqual(['two', 'one']);
  });

  test('A header of the caller is sent instead of the key, that of a call before that of the client', async () => {
    await using server = await FaultServer.start(json(200, { id: ID }));
    const client = connect(face, server.origin, { apiKey: 'one', headers: { 'X-Api-Key': 'two' } });
    await client.GET({ headers: { 'X-API-KEY': 'three' } });
    await client.GET();
    expect(server.requests.map(({ headers }) => headers['x-api-key'])).toEqual(['three', 'two']);
  });

  test('and is redacted like the key', async () => {
    const location = 'https://elsewhere.example/?key=a-secret-of-my-own';
    await using server = await FaultServer.start(respond(302, '', { location }));
    const headers = { 'X-API-KEY': 'Bearer a-secret-of-my-own' };
    const error = await failureOf(connect(face, server.origin).GET({ headers }));
    expect(error).toMatchObject({ location: 'https://elsewhere.example/?key=[API key]' });
    expect(JSON.stringify(error)).not.toContain('a-secret-of-my-own');
  });

  test('An apiKey function that fails sends nothing and keeps its cause', async () => {
    await using server = await FaultServer.start(stall);
    const cause = new Error('The vault is closed.');
    for (const apiKey of [
      () => Promise.reject(cause),
      () => {
        throw cause;
      },
    ]) {
      const error = await failureOf(connect(face, server.origin, { apiKey }).POST());
      expect(error).toMatchObject({ name: 'ApiKeyError', outcome: 'not-sent', attempts: 0 });
      expect(error.cause).toMatchObject({ message: 'The vault is closed.' });
      expect(error.message).toContain('The apiKey function returned no usable key');
    }
    expect(server.count).toBe(0);
  });

  test.each(['', 'line\r\nbreak', 'ünprintable', ' ', undefined, 7])(
    'An apiKey function that returns %j sends nothing and does not show it',
    async (key) => {
      await using server = await FaultServer.start(stall);
      const apiKey = (() => key) as () => string;
      const error = await failureOf(connect(face, server.origin, { apiKey }).POST());
      expect(error).toMatchObject({ name: 'ApiKeyError', outcome: 'not-sent', attempts: 0 });
      expect(server.count).toBe(0);
    },
  );

  test('An apiKey function that hangs ends with each time limit and with the signal', async () => {
    await using server = await FaultServer.start(stall);
    const clock = stopClock();
    const client = connect(face, server.origin, { apiKey: () => new Promise(() => {}), maxRetries: 0 });
    for (const limit of ['totalTimeout', 'timeout']) {
      const call = failureOf(client.POST({ [limit]: 4_000 }));
      await clock.pass(4_000);
      expect(await call).toMatchObject({ name: 'TimeoutError', outcome: 'not-sent', attempts: 0 });
    }
    const controller = new AbortController();
    const call = failureOf(client.GET({ signal: controller.signal }));
    await settle();
    controller.abort();
    expect(await call).toMatchObject({ name: 'AbortError', outcome: 'not-sent' });
    expect(server.count).toBe(0);
  });

  test('An apiKey function that hangs blocks the queue no longer than timeout', async () => {
    await using server = await FaultServer.start(json(200, { id: ID }));
    const clock = stopClock();
    const client = connect(face, server.origin, { maxConcurrent: 1, timeout: 3_000, maxRetries: 0 });
    const hung = failureOf(client.GET({ apiKey: () => new Promise(() => {}) }));
    const queued = client.GET();
    await clock.pass(2_999);
    expect(server.count).toBe(0);
    await clock.pass(1);
    await requestsAt(server, 1);
    expect((await queued).end).toBe('data');
    expect((await hung).name).toBe('TimeoutError');
  });
});
