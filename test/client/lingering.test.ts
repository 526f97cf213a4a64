import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from './clock.ts';
import {
  drip,
  type Fault,
  FaultServer,
  hangUp,
  json,
  partial,
  reset,
  respond,
  stall,
} from './fault-server.ts';
import { connect, FACES, ID, KINDS } from './subject.ts';

const faults: Record<string, Fault> = {
  'a response': json(200, { id: ID }),
  'an error': json(404, {}),
  'a status that is retried': respond(503),
  'a redirect with a body': respond(302, 'x'.repeat(100_000), { location: '/' }),
  'a redirect whose body stalls': partial(302, stall),
  reset,
  'a hang-up': hangUp,
  'a reset in the body': partial(200, reset),
  'a reset in the body of an error': partial(503, reset),
  'a stall': stall,
  'a stall in the body': partial(200, stall),
  'a stall in the body of an error': partial(500, stall),
  'a slow drip': drip,
  'a body that is not JSON': respond(200, '<html>'),
};

/** Timers of the client; the platform and the server set others. */
const timers = new Set<unknown>();

beforeEach(() => {
  timers.clear();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ...rest: [number]) => {
    if (!new Error().stack?.includes('/generated/runtime/time-limit')) return set(run, ...rest);
    const timer = set(
      () => {
        timers.delete(timer);
        run();
      },
      ...rest,
    );
    timers.add(timer);
    return timer;
  }) as typeof setTimeout);
  vi.spyOn(globalThis, 'clearTimeout').mockImplementation((timer) => {
    timers.delete(timer);
    clear(timer);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(FACES)('%s', (face) => {
  test.each(Object.entries(faults))('Nothing is left after %s', async (_, fault) => {
    await using server = await FaultServer.start(fault);
    const client = connect(face, server.origin, { timeout: 60, maxRetries: 1 });
    const controller = new AbortController();
    let watched = 0;
    for (const kind of KINDS) {
      const call = client[kind]({ signal: controller.signal });
      await turn();
      watched += getEventListeners(controller.signal, 'abort').length + timers.size;
      await call;
      expect(timers.size).toBe(0);
      expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    }
    // The counting is worth something: a pending call has its listener and its timers.
    expect(watched).toBeGreaterThanOrEqual(4);
    await eventually(() => expect(server.waiting).toBe(0));
  });

  test('Nothing is left after an abort between two attempts', async () => {
    const controller = new AbortController();
    await using server = await FaultServer.start(respond(503, '', { 'retry-after': '30' }));
    const call = connect(face, server.origin).GET({ signal: controller.signal });
    await eventually(() => expect(setTimeout).toHaveBeenCalledWith(expect.any(Function), 30_000));
    controller.abort();
    await call;
    expect(timers.size).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('The process has no socket left', async () => {
    for (const fault of Object.values(faults)) {
      await using server = await FaultServer.start(fault);
      const client = connect(face, server.origin, { timeout: 60, maxRetries: 1 });
      for (const kind of KINDS) await client[kind]();
    }
    await eventually(() => expect(sockets()).toEqual([]));
  });
});

async function turn(): Promise<void> {
  for (let each = 0; each < 20; each++) await undefined;
}

function sockets(): string[] {
  return process.getActiveResourcesInfo().filter((each) => each.startsWith('TCP'));
}
