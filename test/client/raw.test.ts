import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answer, FaultServer, json, reset, stall } from './fault-server.ts';
import { connect, errorOf, ID, KEY } from './subject.ts';

const path = '/invitation/connection/{connection_id}';
const params = { path: { connection_id: ID } };

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('raw sends the same request as the method, and returns an error answer', async () => {
  await using server = await FaultServer.start(json(200, { id: ID }), json(422, { detail: 'No' }));
  const { raw } = connect(server.origin, { headers: { 'x-team': 'a' } });
  const { data, response } = await raw.POST(path, { params, body: { maxUses: 1 } });
  expect([data?.id, response.status]).toEqual([ID, 200]);
  expect(server.seen[0]).toMatchObject({
    method: 'POST',
    url: `/invitation/connection/${ID}`,
    body: '{"maxUses":1}',
  });
  expect(server.seen[0]?.headers).toMatchObject({ 'x-api-key': KEY, 'x-team': 'a' });
  const { error } = await raw.POST(path, { params, body: {} });
  expect(error).toEqual({ detail: 'No' });
});

test('raw repeats a GET and never a POST', async () => {
  await using server = await FaultServer.start(reset, json(200, { version: '2' }), reset);
  const { raw } = connect(server.origin);
  expect((await raw.GET('/ping')).response.status).toBe(200);
  expect(server.count).toBe(2);
  const error = await errorOf(raw.POST(path, { params, body: {} }));
  expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'unknown', attempts: 1 });
  expect(server.count).toBe(3);
});

test('raw repeats a throttled POST with its body', async () => {
  await using server = await FaultServer.start(answer(429), json(200, { id: ID }));
  await connect(server.origin).raw.POST(path, { params, body: { maxUses: 2 } });
  expect(server.seen.map(({ body }) => body)).toEqual(['{"maxUses":2}', '{"maxUses":2}']);
});

test('Middleware of raw never sees the key', async () => {
  await using server = await FaultServer.start(json(200, {}));
  const { raw } = connect(server.origin);
  const seen: [string, string][] = [];
  raw.use({
    onRequest({ request }) {
      seen.push(...request.headers);
      request.headers.set('x-from', 'middleware');
    },
    onResponse({ request }) {
      seen.push(...request.headers);
    },
  });
  await raw.GET('/ping');
  expect(server.seen[0]?.headers).toMatchObject({ 'x-api-key': KEY, 'x-from': 'middleware' });
  expect(JSON.stringify(seen)).not.toContain(KEY);
});

test('raw sends the key to the configured origin alone', async () => {
  await using thief = await FaultServer.start(json(200, {}));
  await using server = await FaultServer.start(answer(307, '', { location: thief.origin }));
  const { raw } = connect(server.origin);
  expect(await errorOf(raw.GET('/ping', { baseUrl: thief.origin }))).toMatchObject({
    name: 'InvalidInputError',
    outcome: 'not-sent',
  });
  expect(await errorOf(raw.GET('/ping'))).toMatchObject({ name: 'RedirectError', outcome: 'rejected' });
  expect([server.count, thief.open]).toEqual([1, 0]);
});

test('raw honours the time limits and the signal', async () => {
  await using server = await FaultServer.start(stall);
  const { raw } = connect(server.origin, { timeout: 30, maxRetries: 0 });
  expect(await errorOf(raw.GET('/ping'))).toMatchObject({ name: 'TimeoutError', outcome: 'unknown' });
  const call = errorOf(raw.GET('/ping', { signal: AbortSignal.timeout(10) }));
  expect(await call).toMatchObject({ name: 'AbortError', outcome: 'unknown' });
});

test('raw lets go of the signal of its caller', async () => {
  await using server = await FaultServer.start(json(200, {}), json(404, {}), reset);
  const { raw } = connect(server.origin, { maxRetries: 0 });
  const { signal } = new AbortController();
  await raw.GET('/ping', { signal });
  await raw.request('get', '/ping', { signal });
  await errorOf(raw.GET('/ping', { signal }));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(server.count).toBe(3);
});
