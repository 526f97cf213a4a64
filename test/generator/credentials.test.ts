import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FeatureServer } from './feature-server.ts';
import { FeatureClients } from './features.ts';

const clients = new FeatureClients(['basic', 'bearer', 'query-key']);
let server: FeatureServer;

beforeAll(async () => {
  [server] = await Promise.all([FeatureServer.start(), clients.write()]);
});
beforeEach(() => {
  server.reply = { status: 204 };
});
afterAll(async () => {
  clients.remove();
  await server[Symbol.asyncDispose]();
});

const open = (name: string, options: object = {}) =>
  clients.create(name, { baseUrl: server.origin, ...options });

const openFetch = (name: string, options: object = {}) =>
  clients.createFetch(name, { baseUrl: server.origin, ...options });

function json(value: unknown, status = 200): void {
  server.reply = { status, type: 'application/json', body: JSON.stringify(value) };
}

test('a bearer token is sent where the contract wants it, and asked for nowhere else', async () => {
  let asked = 0;
  const apiKey = () => `token-${++asked}`;
  const client = await open('bearer', { apiKey });
  json({ token: 'token-1' });
  expect(await client.logIn({})).toEqual({ token: 'token-1' });
  expect([server.received?.headers.authorization, asked]).toEqual([undefined, 0]);
  await client.getMe();
  expect(server.received?.headers.authorization).toBe('Bearer token-1');
  server.reply = { status: 204 };
  await client.getNews();
  expect([server.received?.headers.authorization, asked]).toEqual([undefined, 1]);
  await client.listAccounts();
  expect(server.received?.headers.authorization).toBe('Bearer token-2');
});

test('a header that the caller sets is sent instead of the key', async () => {
  const headers = { Authorization: 'Bot mine' };
  json({});
  await (await open('bearer', { apiKey: 'token' })).getMe({ headers });
  expect(server.received?.headers.authorization).toBe('Bot mine');
  await (await openFetch('bearer', { apiKey: 'token' })).GET('/me', { headers });
  expect(server.received?.headers.authorization).toBe('Bot mine');
});

test('a client of which some calls need no key can be made without one', async () => {
  const client = await open('bearer');
  json({ token: 't' });
  await client.logIn({});
  await expect(client.getMe()).rejects.toMatchObject({
    name: 'InvalidInputError',
    outcome: 'not-sent',
    message: expect.stringContaining('The API key is missing: the operation needs Token.'),
  });
});

test('a token that the server repeats is in no error', async () => {
  const client = await open('bearer', { apiKey: 'secret-token' });
  json({ detail: 'Bearer secret-token is not known' }, 401);
  const error = await client.getMe().catch((caught: unknown) => caught);
  expect(String(error)).toContain('Bearer [API key] is not known');
  expect(JSON.stringify(error)).not.toContain('secret-token');
});

test('a key can also go into the query, or be a user and a password', async () => {
  const inQuery = await open('query-key', { apiKey: 'a&b' });
  await inQuery.getMe({ q: 'x' });
  expect([...new URL(server.received?.url ?? '', server.origin).searchParams]).toEqual([
    ['q', 'x'],
    ['api key', 'a&b'],
  ]);
  const api = await openFetch('query-key', { apiKey: 'a&b' });
  const { response } = await api.GET('/me', { params: { query: { q: 'y' } } });
  expect(new URL(server.received?.url ?? '', server.origin).searchParams.get('api key')).toBe('a&b');
  expect(response.url).toBe(`${server.origin}/me?q=y`);
  const basic = await open('basic', { apiKey: btoa('dana:secret') });
  await basic.getMe();
  expect(server.received?.headers.authorization).toBe(`Basic ${btoa('dana:secret')}`);
});
