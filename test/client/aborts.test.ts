import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { eventually, requestsAt, settle, stopClock, useClock } from './clock.ts';
import { drip, type Fault, FaultServer, json, partial, respond, stall } from './fault-server.ts';
import { CALLS, connect, errorOf, FACES, failureOf, ID, methodClient } from './subject.ts';

useClock();
afterEach(() => {
  vi.restoreAllMocks();
});

const reason = new Error('The user left.');
/** As an error shows the reason: a copy. */
const cause = { message: 'The user left.' };

describe.each(CALLS)('$kind of the $face', ({ face, kind }) => {
  test('An abort before the call sends nothing', async () => {
    await using server = await FaultServer.start(stall);
    const error = await failureOf(connect(face, server.origin)[kind]({ signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ name: 'AbortError', outcome: 'not-sent', attempts: 0, cause });
    expect(server.open).toBe(0);
  });

  test.each([
    ['before the headers', stall],
    ['in the body', partial(200, stall)],
    ['in the body of an error', partial(503, stall)],
  ] as [string, Fault][])('An abort %s leaves the outcome unknown', async (_, fault) => {
    const controller = new AbortController();
    await using server = await FaultServer.start(fault);
    const call = failureOf(connect(face, server.origin)[kind]({ signal: controller.signal }));
    await requestsAt(server, 1);
    controller.abort(reason);
    const error = await call;
    expect(error).toMatchObject({ name: 'AbortError', outcome: 'unknown', attempts: 1, cause });
    expect(server.count).toBe(1);
    await eventually(() => expect(server.open).toBe(0));
  });

  test.each([stall, drip, partial(200, stall), partial(503, stall)])(
    'totalTimeout also ends an attempt (%#)',
    async (fault) => {
      await using server = await FaultServer.start(fault);
      const clock = stopClock();
      const call = failureOf(connect(face, server.origin, { totalTimeout: 9_000 })[kind]());
      await requestsAt(server, 1);
      await clock.pass(9_000);
      const error = await call;
      expect(error).toMatchObject({ name: 'TimeoutError', outcome: 'unknown', attempts: 1 });
      expect(error.message).toContain('totalTimeout of 9000 ms');
      vi.useRealTimers();
      await eventually(() => expect(server.open).toBe(0));
    },
  );
});

describe.each(FACES)('%s', (face) => {
  test('An abort between two attempts ends the pause at once', async () => {
    const controller = new AbortController();
    let observe = () => {};
    const throttled = new Promise<void>((resolve) => {
      observe = () => resolve();
    });
    await using server = await FaultServer.start(respond(429, '', { 'retry-after': '30' }));
    const call = failureOf(connect(face, server.origin, { observe }).POST({ signal: controller.signal }));
    await throttled;
    await settle();
    controller.abort(reason);
    const error = await call;
    expect(error).toMatchObject({ name: 'AbortError', outcome: 'rejected', attempts: 1, cause });
    expect(server.count).toBe(1);
  });

  test('An abort in the moment between an attempt and its pause is not missed', async () => {
    const controller = new AbortController();
    await using server = await FaultServer.start(respond(429, '', { 'retry-after': '30' }));
    vi.spyOn(Math, 'random').mockImplementation(() => {
      controller.abort(reason);
      return 0;
    });
    const error = await failureOf(connect(face, server.origin).POST({ signal: controller.signal }));
    expect(error).toMatchObject({ name: 'AbortError', outcome: 'rejected', attempts: 1 });
  });

  test('An abort while queued sends nothing and frees the place in the queue', async () => {
    let respondToFirst = () => {};
    await using server = await FaultServer.start(
      (socket, request) => {
        respondToFirst = () => json(200, { id: ID })(socket, request);
      },
      json(200, { id: ID }),
    );
    const client = connect(face, server.origin, { maxConcurrent: 1 });
    const controller = new AbortController();
    const first = client.GET();
    const second = failureOf(client.POST({ signal: controller.signal }));
    const third = client.GET();
    controller.abort(reason);
    expect(await second).toMatchObject({ name: 'AbortError', outcome: 'not-sent', attempts: 0 });
    await requestsAt(server, 1);
    respondToFirst();
    await Promise.all([first, third]);
    expect(server.count).toBe(2);
  });

  test('An abort before the call does not wait in the queue', async () => {
    await using server = await FaultServer.start(stall);
    const client = connect(face, server.origin, { maxConcurrent: 1 });
    const controller = new AbortController();
    const first = failureOf(client.GET({ signal: controller.signal }));
    const error = await failureOf(client.POST({ signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ name: 'AbortError', outcome: 'not-sent', attempts: 0 });
    controller.abort();
    await first;
  });

  test('Nothing is passed to fetch after an abort at any moment', async () => {
    for (let moment = 0; moment < 24; moment++) {
      const controller = new AbortController();
      let sent = 0;
      const send = async (_: string, init: RequestInit) => {
        expect(init.signal?.aborted).toBe(false);
        sent++;
        return new Promise<never>(() => {});
      };
      const client = connect(face, 'https://example.com', { fetch: send, maxRetries: 0 });
      const call = failureOf(client.POST({ signal: controller.signal }));
      for (let turn = 0; turn < moment; turn++) await undefined;
      controller.abort();
      expect(await call).toMatchObject({ attempts: sent, outcome: sent ? 'unknown' : 'not-sent' });
    }
  });

  test('totalTimeout counts the time in the queue', async () => {
    await using server = await FaultServer.start(stall);
    const clock = stopClock();
    const client = connect(face, server.origin, { maxConcurrent: 1 });
    const first = failureOf(client.GET({ totalTimeout: 12_000 }));
    const second = failureOf(client.POST({ totalTimeout: 5_000 }));
    await requestsAt(server, 1);
    await clock.pass(5_000);
    const error = await second;
    expect(error).toMatchObject({ name: 'TimeoutError', outcome: 'not-sent', attempts: 0 });
    expect(error.message).toContain('totalTimeout of 5000 ms');
    await clock.pass(7_000);
    expect(await first).toMatchObject({ name: 'TimeoutError', outcome: 'unknown' });
    expect(server.count).toBe(1);
  });

  test('A thousand calls may share a signal', async () => {
    const warnings: unknown[] = [];
    const listen = (warning: unknown) => warnings.push(warning);
    process.on('warning', listen);
    await using server = await FaultServer.start(stall);
    const client = connect(face, server.origin);
    const { signal, ...controller } = abortController();
    const calls = Array.from({ length: 1000 }, () => failureOf(client.GET({ signal })));
    await eventually(() => expect(server.count).toBe(10));
    // Node 20 warns of a leak at the eleventh.
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    controller.abort();
    const errors = await Promise.all(calls);
    expect(errors.filter(({ outcome }) => outcome === 'unknown')).toHaveLength(10);
    expect(errors.filter(({ outcome }) => outcome === 'not-sent')).toHaveLength(990);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    process.off('warning', listen);
    expect(warnings).toEqual([]);
  });
});

function abortController() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

test('Calls that are aborted because another one failed keep their own outcome', async () => {
  await using server = await FaultServer.start(stall);
  const client = methodClient(server.origin);
  const controller = new AbortController();
  const create = errorOf(client.createReconnectInvitation(ID, {}, { signal: controller.signal }));
  await eventually(() => expect(server.count).toBe(1));
  const other = await errorOf(client.getConnection('no UUID'));
  controller.abort(other);
  const { message } = other;
  expect(await create).toMatchObject({ name: 'AbortError', outcome: 'unknown', cause: { message } });
});
