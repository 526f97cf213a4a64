import { getEventListeners } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { answer, drip, type Fault, FaultServer, json, partial, stall } from './fault-server.ts';
import { connect, errorOf, fail, ID, KINDS } from './subject.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const reason = new Error('The user left.');

test('An abort before the call sends nothing', async () => {
  await using server = await FaultServer.start(stall);
  const error = await fail(connect(server.origin), 'POST', { signal: AbortSignal.abort(reason) });
  expect(error).toMatchObject({ name: 'AbortError', outcome: 'not-sent', attempts: 0, cause: reason });
  expect(server.open).toBe(0);
});

test.each([
  ['before the headers', stall],
  ['in the body', partial(200, stall)],
  ['in the body of an error', partial(503, stall)],
] as [string, Fault][])('An abort %s leaves the outcome unknown', async (_, fault) => {
  for (const kind of KINDS) {
    const controller = new AbortController();
    await using server = await FaultServer.start((socket, request) => {
      fault(socket, request);
      setTimeout(() => controller.abort(reason), 20);
    });
    const error = await fail(connect(server.origin), kind, { signal: controller.signal });
    expect(error).toMatchObject({ name: 'AbortError', outcome: 'unknown', attempts: 1, cause: reason });
    expect(server.count).toBe(1);
    await vi.waitFor(() => expect(server.open).toBe(0));
  }
});

test('An abort between two tries ends the wait at once', async () => {
  const controller = new AbortController();
  await using server = await FaultServer.start((socket, request) => {
    answer(429, '', { 'retry-after': '30' })(socket, request);
    setTimeout(() => controller.abort(reason), 20);
  });
  const error = await fail(connect(server.origin), 'POST', { signal: controller.signal });
  expect(error).toMatchObject({ name: 'AbortError', outcome: 'rejected', attempts: 1, cause: reason });
  expect(server.count).toBe(1);
});

test('An abort in the moment between a try and its pause is not missed', async () => {
  const controller = new AbortController();
  await using server = await FaultServer.start(answer(429, '', { 'retry-after': '30' }));
  vi.spyOn(Math, 'random').mockImplementation(() => {
    controller.abort(reason);
    return 0;
  });
  const error = await fail(connect(server.origin), 'POST', { signal: controller.signal });
  expect(error).toMatchObject({ name: 'AbortError', outcome: 'rejected', attempts: 1 });
});

test('An abort while queued sends nothing and gives the place in line to the next', async () => {
  await using server = await FaultServer.start((socket, request) => {
    setTimeout(() => json(200, { id: ID })(socket, request), 40);
  });
  const client = connect(server.origin, { maxConcurrent: 1 });
  const controller = new AbortController();
  const first = client.getConnection(ID);
  const second = fail(client, 'POST', { signal: controller.signal });
  const third = client.getConnection(ID);
  controller.abort(reason);
  expect(await second).toMatchObject({ name: 'AbortError', outcome: 'not-sent', attempts: 0 });
  await Promise.all([first, third]);
  expect(server.count).toBe(2);
});

test('An abort before the call does not wait in line', async () => {
  await using server = await FaultServer.start(stall);
  const client = connect(server.origin, { maxConcurrent: 1, totalTimeout: 2000 });
  const first = fail(client, 'GET', { signal: AbortSignal.timeout(300) });
  const start = performance.now();
  const error = await fail(client, 'POST', { signal: AbortSignal.abort(reason) });
  expect(error).toMatchObject({ name: 'AbortError', outcome: 'not-sent', attempts: 0 });
  expect(performance.now() - start).toBeLessThan(250);
  await first;
});

test('Nothing is handed to fetch after an abort, whatever moment it comes at', async () => {
  for (let moment = 0; moment < 12; moment++) {
    const controller = new AbortController();
    let sent = 0;
    const send: typeof fetch = async (_, init) => {
      expect(init?.signal?.aborted).toBe(false);
      sent++;
      return new Promise(() => {});
    };
    const client = connect('https://example.com', { fetch: send, maxRetries: 0 });
    const call = fail(client, 'POST', { signal: controller.signal });
    for (let turn = 0; turn < moment; turn++) await undefined;
    controller.abort();
    expect(await call).toMatchObject({ attempts: sent, outcome: sent ? 'unknown' : 'not-sent' });
  }
});

test('totalTimeout counts the time in the queue', async () => {
  await using server = await FaultServer.start(stall);
  const client = connect(server.origin, { maxConcurrent: 1 });
  const first = fail(client, 'GET', { totalTimeout: 120 });
  const error = await fail(client, 'POST', { totalTimeout: 50 });
  expect(error).toMatchObject({ name: 'TimeoutError', outcome: 'not-sent', attempts: 0 });
  expect(error.message).toContain('totalTimeout of 50 ms');
  expect(await first).toMatchObject({ name: 'TimeoutError', outcome: 'unknown' });
  expect(server.count).toBe(1);
});

test.each([
  stall,
  drip,
  partial(200, stall),
  partial(503, stall),
])('totalTimeout ends a try, too (%#)', async (fault) => {
  for (const kind of KINDS) {
    await using server = await FaultServer.start(fault);
    const start = performance.now();
    const error = await fail(connect(server.origin, { totalTimeout: 60 }), kind);
    expect(error).toMatchObject({ name: 'TimeoutError', outcome: 'unknown', attempts: 1 });
    expect(performance.now() - start).toBeLessThan(2000);
    await vi.waitFor(() => expect(server.open).toBe(0));
  }
});

test('Calls that are ended for the failure of another one keep their own outcome', async () => {
  await using server = await FaultServer.start(stall);
  const client = connect(server.origin);
  const controller = new AbortController();
  const create = fail(client, 'POST', { signal: controller.signal });
  await vi.waitFor(() => expect(server.count).toBe(1));
  const other = await errorOf(client.getConnection('no UUID'));
  controller.abort(other);
  expect(await create).toMatchObject({ name: 'AbortError', outcome: 'unknown', cause: other });
});

test('A thousand calls may share a signal', async () => {
  const warnings: unknown[] = [];
  const listen = (warning: unknown) => warnings.push(warning);
  process.on('warning', listen);
  await using server = await FaultServer.start(stall);
  const client = connect(server.origin);
  const controller = new AbortController();
  const calls = Array.from({ length: 1000 }, () => fail(client, 'GET', { signal: controller.signal }));
  await vi.waitFor(() => expect(server.count).toBe(10));
  controller.abort();
  const errors = await Promise.all(calls);
  expect(errors.filter(({ outcome }) => outcome === 'unknown')).toHaveLength(10);
  expect(errors.filter(({ outcome }) => outcome === 'not-sent')).toHaveLength(990);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  process.off('warning', listen);
  expect(warnings).toEqual([]);
});
