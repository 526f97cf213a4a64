import type { CallEvent } from 'nectar-openapi';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { requestsAt, settle, stopClock, useClock } from './clock.ts';
import { deadOrigin, FaultServer, HeldResponses, json, reset, respond } from './fault-server.ts';
import { connect, FACES, ID, KEY } from './subject.ts';

useClock();
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(FACES)('%s', (face) => {
  const call = {
    operation: face === 'methods' ? 'getConnection' : undefined,
    method: 'GET',
    path: '/connection/{connection_id}/details',
  };

  test('An observer is called for each attempt and for the whole call', async () => {
    await using server = await FaultServer.start(
      reset,
      respond(503, '', { 'x-request-id': 'r-1' }),
      json(200, { id: ID }, { 'x-request-id': 'r-2' }),
    );
    const events: CallEvent[] = [];
    stopClock();
    vi.setSystemTime('2026-11-30T12:00:00.000Z');
    const observed = connect(face, server.origin, { observe: (event) => events.push(event) }).GET();
    await requestsAt(server, 3);
    await observed;
    const common = { ...call, callId: events[0]?.callId };
    expect(events).toMatchObject([
      {
        ...common,
        type: 'attempt',
        attempt: 1,
        status: undefined,
        requestId: undefined,
        error: 'ConnectionError',
        outcome: 'unknown',
        retry: { reason: 'connection', delay: 0 },
      },
      {
        ...common,
        type: 'attempt',
        attempt: 2,
        status: 503,
        requestId: 'r-1',
        error: undefined,
        outcome: 'unknown',
        retry: { reason: 'status', delay: 0 },
      },
      {
        ...common,
        type: 'attempt',
        attempt: 3,
        status: 200,
        requestId: 'r-2',
        error: undefined,
        outcome: undefined,
        retry: undefined,
      },
      {
        ...common,
        type: 'call',
        attempt: 3,
        status: 200,
        requestId: 'r-2',
        error: undefined,
        outcome: undefined,
        retry: undefined,
      },
    ]);
    for (const { startedAt, duration } of events) {
      // The pauses between the attempts take some milliseconds.
      expect(new Date(startedAt).toISOString()).toMatch(/^2026-11-30T12:00:00/);
      expect(duration).toBeGreaterThanOrEqual(0);
    }
    expect(events[3]?.duration).toBeGreaterThanOrEqual(events[2]?.duration ?? 0);
    expect(events[3]?.startedAt).toBeLessThanOrEqual(events[0]?.startedAt ?? 0);
  });

  test.each([
    ['a refused connection', {}, 'ConnectionError', 3],
    ['an abort before it', { signal: AbortSignal.abort() }, 'AbortError', 0],
    ['input that is refused', { body: { maxUses: Number.NaN } }, 'InvalidInputError', 0],
    ['a key that cannot be had', { apiKey: () => '' }, 'ApiKeyError', 0],
  ])(
    'A call that ends with %s is one event, and each request another',
    async (_, options, error, attempts) => {
      const events: CallEvent[] = [];
      await connect(face, await deadOrigin(), { observe: (event) => events.push(event) }).POST(options);
      const last = events.at(-1);
      const types = [...new Array(attempts).fill('attempt'), 'call'];
      // The fetch client refuses a body before there is a call.
      if (last || face === 'methods') {
        expect(events.map(({ type }) => type)).toEqual(types);
        expect(last).toMatchObject({ attempt: attempts, error, outcome: 'not-sent', status: undefined });
      }
    },
  );

  test('The event of a throttled attempt has the pause', async () => {
    await using server = await FaultServer.start(
      respond(429, '', { 'retry-after': '1' }),
      json(200, { id: ID }),
    );
    const events: CallEvent[] = [];
    const clock = stopClock();
    const throttled = connect(face, server.origin, { observe: (event) => events.push(event) }).POST();
    await requestsAt(server, 1);
    while (events.length === 0) await settle();
    await clock.pass(1000);
    await requestsAt(server, 2);
    await throttled;
    expect(events[0]).toMatchObject({
      status: 429,
      outcome: 'rejected',
      retry: { reason: 'status', delay: 1000 },
    });
  });

  test('The duration of an attempt excludes the wait in the queue, that of a call includes it', async () => {
    const held = new HeldResponses(json(200, { id: ID }));
    await using server = await FaultServer.start(held.fault);
    const events: CallEvent[] = [];
    const observe = (event: CallEvent) => events.push(event);
    const clock = stopClock();
    const client = connect(face, server.origin, { observe, maxConcurrent: 1 });
    const calls = [client.GET(), client.GET()];
    await requestsAt(server, 1);
    await clock.pass(200);
    held.release();
    await Promise.all(calls);
    const [attempt, call] = events.slice(2);
    expect(attempt).toMatchObject({ type: 'attempt', duration: 0 });
    expect(call).toMatchObject({ type: 'call' });
    expect(call?.duration).toBeGreaterThanOrEqual(200);
    expect((attempt?.startedAt ?? 0) - (call?.startedAt ?? 0)).toBe(call?.duration);
  });

  test('An error status is the end of a call', async () => {
    await using server = await FaultServer.start(respond(400));
    const events: CallEvent[] = [];
    await connect(face, server.origin, { observe: (event) => events.push(event) }).GET();
    expect(events.map(({ type, status, outcome }) => ({ type, status, outcome }))).toEqual([
      { type: 'attempt', status: 400, outcome: 'rejected' },
      { type: 'call', status: 400, outcome: 'rejected' },
    ]);
  });

  test('Each call has its own id, and no event shows the key', async () => {
    const echo = { 'x-request-id': KEY };
    await using server = await FaultServer.start(respond(500, KEY, echo), json(200, { id: KEY }, echo));
    const events: CallEvent[] = [];
    const client = connect(face, server.origin, { observe: (event) => events.push(event) });
    await Promise.all([client.GET(), client.POST()]);
    expect(new Set(events.map(({ callId }) => callId)).size).toBe(2);
    expect(JSON.stringify(events)).not.toContain(JSON.stringify(KEY).slice(1, -1));
  });

  test('An observer that throws, rejects or never ends does not affect the call', async () => {
    const stray: unknown[] = [];
    const listen = (reason: unknown) => stray.push(reason);
    process.on('unhandledRejection', listen);
    await using server = await FaultServer.start(respond(429), json(200, { id: ID }));
    const observers = [
      () => {
        throw new Error('No.');
      },
      () => Promise.reject(new Error('No.')),
      () => new Promise<never>(() => {}),
      () => Object.defineProperty({}, 'catch', { value: 7 }),
    ];
    for (const observe of observers)
      expect((await connect(face, server.origin, { observe }).POST()).end).toBe('data');
    await settle();
    process.off('unhandledRejection', listen);
    expect(stray).toEqual([]);
  });
});
