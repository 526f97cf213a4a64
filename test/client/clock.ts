import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeAll, onTestFinished, vi } from 'vitest';
import { FaultServer, json } from './fault-server.ts';

/** Time that stands still until the test moves it. Sockets are as real and as fast as ever. */
export interface Clock {
  /** Lets milliseconds pass, with every limit and pause of the client that ends in them. */
  pass(milliseconds: number): Promise<void>;
}

/** Prepares the test file for {@link stopClock}. */
export function useClock(): void {
  // Node loads its fetch with the first request, and undici sets its own timers then: on a clock that goes.
  beforeAll(async () => {
    await using server = await FaultServer.start(json(200, {}));
    await (await fetch(server.origin)).text();
  });
}

/** Stops the time until the end of the test. */
export function stopClock(): Clock {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
  return {
    async pass(milliseconds) {
      await vi.advanceTimersByTimeAsync(milliseconds);
      await settle();
    },
  };
}

/**
 * Waits until a server has read so many requests whole. A clock that stands moves by some milliseconds, for the pauses
 * of 0 ms between two attempts.
 */
export async function requestsAt(server: FaultServer, count: number): Promise<void> {
  for (let moved = 0; server.count < count; moved++) {
    if (vi.isFakeTimers() && moved < 20) await vi.advanceTimersByTimeAsync(1);
    await settle();
  }
  await settle();
}

/** Lets everything happen that waits for nothing but the event loop: what was sent on a connection arrives. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
}

/** Waits for something that happens soon, however slow the machine is. */
export async function eventually(check: () => unknown): Promise<void> {
  await vi.waitFor(check, { timeout: 100_000, interval: 5 });
}
