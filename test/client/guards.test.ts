import { createClient } from 'nectar-openapi';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FaultServer, json } from './fault-server.ts';
import { errorOf, fetchClient, ID, KEY, methodClient } from './subject.ts';

let server: FaultServer;

beforeEach(async () => {
  server = await FaultServer.start(json(200, { id: ID }));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await server[Symbol.asyncDispose]();
});

describe('Path parameters', () => {
  test.each(['', '.', '..', '../ping', `${ID}/..`, '%2e%2e', `${ID}\n`, 'no UUID', undefined, null, {}])(
    '%j is refused by its name before anything is sent',
    async (value) => {
      const error = await errorOf(methodClient(server.origin).revokeInvitation(value as string));
      expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent', attempts: 0 });
      expect(error.message).toContain('path parameter invitation_id');
      expect(server.open).toBe(0);
    },
  );

  test.each(['', '.', '..'])('"%s" is also refused by the fetch client', async (value) => {
    const call = fetchClient(server.origin).GET('/invitation/{invitation_id}', {
      params: { path: { invitation_id: value } },
    });
    const error = await errorOf(call);
    expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent' });
    expect(server.open).toBe(0);
  });
});

test.each(['a\r\nx-injected: 1', 'a\nb', 'a\0b', 'a\rb'])(
  'A header with a line break is refused: %j',
  async (value) => {
    const call = methodClient(server.origin).ping({ headers: { 'x-note': value } });
    const error = await errorOf(call);
    expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent', attempts: 0 });
    expect(error.message).toContain('headers');
    expect(() => methodClient(server.origin, { headers: { 'x-note': value } })).toThrow('headers');
    expect(server.open).toBe(0);
  },
);

test('A body that JSON cannot write is refused', async () => {
  const maxUses = 1n as unknown as number;
  const error = await errorOf(methodClient(server.origin).createReconnectInvitation(ID, { maxUses }));
  expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent' });
});

describe('Options', () => {
  test.each([
    ...['timeout', 'totalTimeout', 'maxRetries', 'maxConcurrent'].flatMap((name) =>
      [-1, Number.NaN, '5'].map((value) => [name, value]),
    ),
    ['maxConcurrent', 0],
    ['apiKey', ''],
    ['apiKey', `${KEY}\r\nx-injected: 1`],
    ['apiKey', `${KEY}é`],
    ['apiKey', 7],
    ['headers', { 'bad name': '1' }],
    ...[
      '',
      '/v2',
      'http://example.com',
      'http://127.0.0.1.example.com',
      'http://localhost.example.com',
      'ftp://localhost',
      'https://user:secret@example.com',
      'https://user@example.com',
      'https://:secret@example.com',
      'https://example.com?a=1',
      'https://example.com#a',
    ].map((value) => ['baseUrl', value]),
  ])('%s: %j is refused by its name', (...[name, value]: unknown[]) => {
    let message = '';
    try {
      methodClient(server.origin, { [name as string]: value });
    } catch (error) {
      expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent' });
      message = String(error);
    }
    expect(message).toContain(name === 'apiKey' ? 'API key' : String(name));
    expect(message).not.toContain(KEY);
    expect(message).not.toContain('secret');
  });

  test.each(['timeout', 'totalTimeout', 'maxRetries'])('%s of a call is checked as well', async (name) => {
    const error = await errorOf(methodClient(server.origin).ping({ [name]: -1 }));
    expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent', attempts: 0 });
    expect(error.message).toContain(name);
  });

  test('http is only allowed on loopback', () => {
    for (const host of ['localhost:1', '127.0.0.1', '127.9.9.9', '[::1]:1'])
      expect(() => methodClient(`http://${host}/v2/`)).not.toThrow();
  });

  test('The error for a missing key names the environment variable, from which the key is read', async () => {
    vi.stubEnv('NECTAR_API_KEY', undefined);
    expect(() => createClient()).toThrow(
      'The API key is missing. Give createClient an apiKey or set NECTAR_API_KEY.',
    );
    vi.stubEnv('NECTAR_API_KEY', KEY);
    await createClient({ baseUrl: server.origin }).ping();
    expect(server.requests[0]?.headers['x-api-key']).toBe(KEY);
  });
});

test('A browser refuses a key without allowBrowser', () => {
  vi.stubGlobal('document', {});
  expect(() => methodClient(server.origin)).toThrow('set allowBrowser');
  expect(() => methodClient(server.origin, { apiKey: () => KEY })).toThrow('set allowBrowser');
  expect(() => methodClient(server.origin, { allowBrowser: true })).not.toThrow();
});
