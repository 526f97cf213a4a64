import type { CallEvent } from 'nectar-openapi';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { requestsAt, settle, stopClock, useClock } from './clock.ts';
import { FaultServer, json, respond } from './fault-server.ts';
import { CALLS, connect, FACES, failureOf, ID, methodClient } from './subject.ts';

useClock();
afterEach(() => {
  vi.restoreAllMocks();
});

/** Milliseconds for which a call waits after a response, which the clock is held against. */
async function pauseAfter(retryAfter: Record<string, string>): Promise<number> {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  await using server = await FaultServer.start(respond(429, '', retryAfter), json(200, { id: ID }));
  const clock = stopClock();
  vi.setSystemTime('2026-11-30T12:00:00.000Z');
  let pause: number | undefined;
  const observe = ({ retry }: CallEvent) => (pause ??= retry?.delay);
  const call = connect('methods', server.origin, { observe }).POST();
  await requestsAt(server, 1);
  while (pause === undefined) await settle();
  if (pause > 0) {
    await clock.pass(pause - 1);
    expect(server.count).toBe(1);
    await clock.pass(1);
  }
  await requestsAt(server, 2);
  await call;
  return pause;
}

test.each(['1', '1 ', ' 1\t'])('Retry-After "%s" in seconds is waited for', async (value) => {
  expect(await pauseAfter({ 'retry-after': value })).toBe(1000);
});

test('Retry-After as a date is waited for', async () => {
  expect(await pauseAfter({ 'retry-after': 'Mon, 30 Nov 2026 12:00:07 GMT' })).toBe(7000);
});

test.each(['-5', 'soon', '1.5', '1, 2', '0x10', 'Mon, nonsense', 'Thu, 01 Jan 1970 00:00:00 GMT', ''])(
  'Retry-After "%s" adds no pause',
  async (value) => {
    expect(await pauseAfter({ 'retry-after': value })).toBe(0);
  },
);

test('no Retry-After adds no pause', async () => {
  expect(await pauseAfter({})).toBe(0);
});

describe.each(CALLS)('$kind of the $face', ({ face, kind }) => {
  test.each(['61', '99999999999999999999'])('Retry-After %s is left to the caller', async (value) => {
    await using server = await FaultServer.start(respond(429, '', { 'retry-after': value }));
    const client = connect(face, server.origin);
    expect(await client[kind]()).toMatchObject({ end: 'HttpError', status: 429 });
    expect(server.count).toBe(1);
    // It holds back nobody else either.
    await client[kind]();
    expect(server.count).toBe(2);
  });
});

test.each([
  ['61', 61],
  ['99999999999999999999', 1e20],
])('An HttpError contains Retry-After %s', async (value, retryAfter) => {
  await using server = await FaultServer.start(respond(429, '', { 'retry-after': value }));
  const error = await failureOf(connect('methods', server.origin).GET());
  expect(error).toMatchObject({ name: 'HttpError', outcome: 'rejected', retryAfter });
});

describe.each(FACES)('%s', (face) => {
  test('A pause that would exceed totalTimeout is not started', async () => {
    await using server = await FaultServer.start(json(429, { detail: 'Slow' }, { 'retry-after': '5' }));
    stopClock();
    const call = connect(face, server.origin, { totalTimeout: 1000 }).POST();
    await requestsAt(server, 1);
    // The clock stands: a pause would not end.
    expect(await call).toMatchObject({ end: 'HttpError', status: 429, data: { detail: 'Slow' } });
  });
});

test('The pause doubles from half a second to at most eight seconds', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const pauses: number[] = [];
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, milliseconds: number) => {
    if (milliseconds < 9000) {
      pauses.push(milliseconds);
      queueMicrotask(run);
    }
  }) as typeof setTimeout);
  const unreachable = async () => new Response('', { status: 503 });
  await methodClient('https://example.com', { fetch: unreachable, maxRetries: 6 }).ping().result();
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 4000]);
});
