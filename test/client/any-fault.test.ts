import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { settle, stopClock, useClock } from './clock.ts';
import {
  drip,
  type Fault,
  FaultServer,
  hangUp,
  json,
  malformed,
  partial,
  reset,
  respond,
  stall,
} from './fault-server.ts';
import { connect, FACES, ID, KINDS } from './subject.ts';

const faults: Record<string, Fault> = {
  response: json(200, { id: ID }),
  reset,
  hangUp,
  malformed,
  stall,
  drip,
  resetInBody: partial(200, reset),
  stallInBody: partial(200, stall),
  stallInError: partial(503, stall),
  html: respond(200, '<html>'),
  redirect: respond(302, '', { location: '/' }),
  throttled: respond(429),
  throttledLong: respond(429, '', { 'retry-after': '30' }),
  timedOut: respond(408),
  missing: json(404, {}),
  broken: respond(500),
  busy: respond(503, '', { 'retry-after': '0' }),
};

const call = fc.record({
  face: fc.constantFrom(...FACES),
  kind: fc.constantFrom(...KINDS),
  script: fc.array(fc.constantFrom(...Object.keys(faults)), { minLength: 1, maxLength: 5 }),
  timeout: fc.constantFrom(0, 15, 40, Number.POSITIVE_INFINITY),
  totalTimeout: fc.constantFrom(0, 10, 30, 60),
  maxRetries: fc.constantFrom(0, 1, 2, 3, Number.POSITIVE_INFINITY),
  maxConcurrent: fc.constantFrom(1, 10),
  abortAfter: fc.option(fc.nat(50), { nil: undefined }),
});

/** Milliseconds by which the test moves the clock. */
const STEP = 5;

useClock();
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('Any call ends in time, sends no more than it may, and creates at most once', async () => {
  const clock = stopClock();
  const property = fc.asyncProperty(call, async ({ face, kind, script, abortAfter, ...options }) => {
    await using server = await FaultServer.start(...script.map((name) => faults[name] ?? reset));
    const client = connect(face, server.origin, options);
    const controller = new AbortController();
    let ended = false;
    const settled = client[kind]({ signal: controller.signal }).finally(() => (ended = true));
    await settle();
    for (let elapsed = 0; !ended; elapsed += STEP) {
      expect(elapsed).toBeLessThanOrEqual(options.totalTimeout);
      if (elapsed >= (abortAfter ?? Number.POSITIVE_INFINITY)) controller.abort();
      await clock.pass(STEP);
    }
    const { error } = await settled;
    const { count } = server;
    expect(count).toBeLessThanOrEqual(1 + options.maxRetries);
    const met = server.requests.map((_, index) => script[Math.min(index, script.length - 1)] ?? '');
    if (kind === 'POST')
      expect(met.filter((name) => !name.startsWith('throttled')).length).toBeLessThanOrEqual(1);
    if (!error) return;
    const { outcome, attempts } = error;
    expect(attempts).toBeGreaterThanOrEqual(count);
    if (count > 0) expect(outcome).not.toBe('not-sent');
    if (outcome === 'rejected') for (const name of met) expect(name).toMatch(/^(throttled|missing)/);
  });
  await fc.assert(property, { numRuns: 200, seed: 20261123 });
});
