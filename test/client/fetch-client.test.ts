import { createFetchClient, createTransport } from 'nectar-openapi';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FaultServer, json, respond } from './fault-server.ts';
import { errorOf, fetchClient, ID, KEY } from './subject.ts';

const path = '/invitation/connection/{connection_id}';
const params = { path: { connection_id: ID } };

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('A call gives data, error and response', async () => {
  await using server = await FaultServer.start(json(200, { id: ID }), json(422, { detail: 'No' }));
  const api = fetchClient(server.origin, { headers: { 'x-team': 'a' } });
  const { data, response } = await api.POST(path, { params, body: { maxUses: 1 } });
  expect([data?.id, response.status, response.url]).toEqual([
    ID,
    200,
    `${server.origin}/invitation/connection/${ID}`,
  ]);
  expect(server.seen[0]).toMatchObject({
    method: 'POST',
    url: `/invitation/connection/${ID}`,
    body: '{"maxUses":1}',
  });
  expect(server.seen[0]?.headers).toMatchObject({
    'x-api-key': KEY,
    'x-team': 'a',
    'content-type': 'application/json',
  });
  const { error } = await api.POST(path, { params, body: {} });
  expect(error).toEqual({ detail: 'No' });
});

test('request takes the method as text', async () => {
  await using server = await FaultServer.start(json(200, { version: '2' }));
  const { data } = await fetchClient(server.origin).request('get', '/ping');
  expect([data, server.seen[0]?.method]).toEqual([{ version: '2' }, 'GET']);
});

test('Middleware never sees the key, and can change the request', async () => {
  await using server = await FaultServer.start(json(200, {}));
  const api = fetchClient(server.origin);
  const seen: [string, string][] = [];
  const middleware = {
    onRequest({ request }: { request: Request }) {
      seen.push(...request.headers);
      request.headers.set('x-from', 'middleware');
    },
    onResponse({ request }: { request: Request }) {
      seen.push(...request.headers);
    },
  };
  api.use(middleware);
  await api.GET('/ping');
  expect(server.seen[0]?.headers).toMatchObject({ 'x-api-key': KEY, 'x-from': 'middleware' });
  expect(JSON.stringify(seen)).not.toContain(KEY);
  api.eject(middleware);
  await api.GET('/ping');
  expect(server.seen[1]?.headers).not.toHaveProperty('x-from');
});

test('The key goes to the configured origin alone', async () => {
  await using thief = await FaultServer.start(json(200, {}));
  await using server = await FaultServer.start(respond(307, '', { location: thief.origin }));
  const api = fetchClient(server.origin);
  expect(await errorOf(api.GET('/ping', { baseUrl: thief.origin }))).toMatchObject({
    name: 'InvalidInputError',
    outcome: 'not-sent',
  });
  expect(await errorOf(api.GET('/ping'))).toMatchObject({ name: 'RedirectError', outcome: 'rejected' });
  expect([server.count, thief.open]).toEqual([1, 0]);
});

test('Both clients can share a transport', async () => {
  await using server = await FaultServer.start(json(200, { id: ID }));
  const transport = createTransport({ apiKey: KEY, baseUrl: server.origin });
  await createFetchClient(transport).GET('/ping');
  expect(server.seen[0]?.headers['x-api-key']).toBe(KEY);
});
