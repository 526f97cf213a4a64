import { createClient, createFetchClient, createTransport } from 'nectar-openapi';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { requestsAt, stopClock, useClock } from './clock.ts';
import { FaultServer, json, stall } from './fault-server.ts';
import { connect, FACES, failureOf, fetchSubject, ID, KEY, methodSubject } from './subject.ts';

useClock();
afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each(FACES)('%s', (face) => {
  test('Plain http beyond loopback needs an option', async () => {
    const baseUrl = 'http://mock.internal:4010';
    expect(() => connect(face, baseUrl)).toThrow('with allowInsecure');
    const urls: string[] = [];
    const send = async (url: string) => {
      urls.push(url);
      return Response.json({ id: ID });
    };
    await connect(face, baseUrl, { allowInsecure: true, fetch: send }).GET();
    expect(urls).toEqual([`${baseUrl}/connection/${ID}/details`]);
    expect(() => connect(face, 'ftp://mock.internal', { allowInsecure: true })).toThrow('baseUrl');
  });

  test('User-Agent names the client and its version, unless you set your own, and not in a browser', async () => {
    await using server = await FaultServer.start(json(200, { id: ID }));
    await connect(face, server.origin).GET();
    await connect(face, server.origin, { headers: { 'User-Agent': 'mine/1' } }).GET();
    await connect(face, server.origin).GET({ headers: { 'user-agent': 'call/1' } });
    expect(server.requests.map(({ headers }) => headers['user-agent'])).toEqual([
      'Nectar-Climate-External-API-client/0.1.0',
      'mine/1',
      'call/1',
    ]);
    vi.stubGlobal('document', {});
    const headers: unknown[] = [];
    const send = async (_: string, init: RequestInit) => {
      headers.push(init.headers);
      return Response.json({ id: ID });
    };
    await connect(face, server.origin, { allowBrowser: true, fetch: send }).GET();
    expect(headers[0]).not.toHaveProperty('user-agent');
  });

  test('Headers of a call come after those of the client; what is undefined is left out, a list is repeated', async () => {
    await using server = await FaultServer.start(json(200, { id: ID }));
    const client = connect(face, server.origin, { headers: { 'X-Team': 'a', 'x-kept': 'k' } });
    const headers = { 'x-team': 'b', 'x-none': undefined, 'x-many': ['1', '2'] } as object;
    await client.GET({ headers: headers as Record<string, string> });
    await client.GET({ headers: new Headers({ 'x-team': 'c' }) });
    await client.GET({ headers: [['x-team', 'd']] });
    expect(server.requests.map((each) => each.headers['x-team'])).toEqual(['b', 'c', 'd']);
    expect(server.requests[0]?.headers).toMatchObject({ 'x-kept': 'k', 'x-many': '1, 2' });
    expect(server.requests[0]?.headers).not.toHaveProperty('x-none');
  });

  test.each([
    ['timeout', -1],
    ['totalTimeout', '5'],
    ['maxRetries', Number.NaN],
    ['maxResponseBytes', -1],
    ['signal', {}],
    ['apiKey', 7],
    ['headers', { 'bad name': '1' }],
    ['headers', { 'x-secret': 'very-secret\r\nx' }],
  ])('The option %s of a call is checked before anything is sent: %j', async (name, value) => {
    await using server = await FaultServer.start(json(200, { id: ID }));
    const error = await failureOf(connect(face, server.origin).GET({ [name]: value }));
    expect(error).toMatchObject({
      outcome: 'not-sent',
      attempts: 0,
      path: '/connection/{connection_id}/details',
    });
    expect(error.name).toBe('InvalidInputError');
    expect(error.message).toContain(name === 'apiKey' ? 'API key' : name);
    expect(error.message).not.toContain('very-secret');
    expect(server.count).toBe(0);
  });

  test('A limit beyond the longest timer does not end a call', async () => {
    const limits = { timeout: 2 ** 32, totalTimeout: Number.POSITIVE_INFINITY };
    let respondLate = () => {};
    await using server = await FaultServer.start((socket, request) => {
      respondLate = () => json(200, { id: ID })(socket, request);
    });
    const clock = stopClock();
    const call = connect(face, server.origin, limits).GET();
    await requestsAt(server, 1);
    await clock.pass(86_400_000);
    respondLate();
    expect((await call).end).toBe('data');
  });

  test.each(['timeout', 'totalTimeout'])('A %s of 0 lets nothing out', async (name) => {
    await using server = await FaultServer.start(json(200, { id: ID }));
    const error = await failureOf(connect(face, server.origin, { [name]: 0 }).GET());
    expect(error).toMatchObject({ name: 'TimeoutError', outcome: 'not-sent', attempts: 0 });
    expect(error.message).toContain(`${name} of 0 ms`);
    expect(server.count).toBe(0);
  });
});

describe('withOptions', () => {
  test('derives a transport with other options, and does not change the first', async () => {
    await using server = await FaultServer.start(stall, stall, json(200, { id: ID }));
    const transport = createTransport({
      apiKey: 'one',
      baseUrl: server.origin,
      headers: { a: '1' },
      maxRetries: 0,
    });
    const derived = transport.withOptions({ timeout: 3_000, apiKey: 'two', headers: { b: '2' } });
    const clock = stopClock();
    const subjects = [methodSubject(createClient(derived)), fetchSubject(createFetchClient(derived))];
    for (const [index, subject] of subjects.entries()) {
      const call = failureOf(subject.GET());
      await requestsAt(server, index + 1);
      await clock.pass(3_000);
      expect((await call).message).toContain('timeout of 3000 ms');
    }
    await methodSubject(createClient(transport)).GET();
    expect(server.requests.map(({ headers: { 'x-api-key': key, a, b } }) => [key, a, b])).toEqual([
      ['two', '1', '2'],
      ['two', '1', '2'],
      ['one', '1', undefined],
    ]);
  });

  test('checks them', () => {
    const transport = createTransport({ apiKey: KEY });
    expect(() => transport.withOptions({ timeout: -1 })).toThrow('timeout must be a number');
  });
});

test.each([null, 7, 'text', [] as object])('Options that are %s are ignored or refused', (options) => {
  for (const create of [createClient, createFetchClient, createTransport])
    expect(() => create(options as object)).toThrow(/API key is missing|cannot be read/);
});
