import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type ServerOptions, startSandbox } from '../../scripts/nectar/start.ts';

/** A sandbox over HTTP for the tests of one file, at its start for each. No response of it may break the contract. */
export function useSandbox(options: Partial<ServerOptions> = {}) {
  let running: Awaited<ReturnType<typeof startSandbox>> | undefined;
  const current = () => {
    if (!running) throw new Error('The sandbox is not up yet: use it within a test.');
    return running;
  };
  beforeAll(async () => {
    running = await startSandbox({ port: 0, ...options });
  });
  beforeEach(() => current().sandbox.reset());
  afterEach(() => expect(current().violations).toEqual([]));
  afterAll(() => running?.close());
  return {
    get url() {
      return current().url;
    },
    get sandbox() {
      return current().sandbox;
    },
  };
}
