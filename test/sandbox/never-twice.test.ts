import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { createClient } from 'nectar-openapi';
import { createSandbox, type Sandbox } from 'nectar-openapi/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { waitingStatuses } from '../../scripts/sandbox/connections.ts';
import { runs } from '../helpers/runs.ts';

/** A client that retries one unknown outcome in 32 is found by seed 25. */
const seeds = runs(50, 1_000);

/** The recipe of the docs, to the letter, as a function of the client that it creates. */
const sample = readFileSync(
  new URL('../../scripts/docs/samples/reconnectCompany.ts', import.meta.url),
  'utf8',
);
const body = stripTypeScriptTypes(sample).replace(/^import .*$/gm, '');
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
const job: (create: () => unknown, console: object) => Promise<void> = new AsyncFunction(
  'createClient',
  'console',
  body,
);

const { stackTraceLimit } = Error;

// The pauses between attempts pass at once, on the clock as well; the time limits stay. Nobody reads the stacks of so
// many errors, which take half the time.
beforeEach(() => {
  Error.stackTraceLimit = 0;
  const start = setTimeout;
  const now = performance.now.bind(performance);
  let skipped = 0;
  vi.stubGlobal('performance', { now: () => now() + skipped });
  vi.stubGlobal('setTimeout', (work: () => void, ms: number) => {
    if (ms >= 20_000) return start(work, ms);
    return setImmediate(() => {
      skipped += ms;
      work();
    });
  });
  const clear = clearTimeout;
  vi.stubGlobal('clearTimeout', (timer: NodeJS.Timeout | NodeJS.Immediate | undefined) =>
    timer && '_onImmediate' in timer
      ? clearImmediate(timer as NodeJS.Immediate)
      : clear(timer as NodeJS.Timeout | undefined),
  );
});
afterEach(() => {
  Error.stackTraceLimit = stackTraceLimit;
  vi.unstubAllGlobals();
});

/** Runs the job until it ends without an error, as a scheduler does. */
async function settle(sandbox: Sandbox, send: typeof fetch): Promise<boolean> {
  for (let turn = 0; turn < 500; turn++) {
    try {
      await job(() => createClient({ apiKey: sandbox.key, fetch: send }), { log() {} });
      return true;
    } catch {
      // Look again, from the start.
    }
  }
  return false;
}

/** How many live links, and how many mails, the owner of each connection that waits has got. */
function countLinks(sandbox: Sandbox): [links: number, mails: number][] {
  return sandbox
    .allConnections()
    .filter(({ status, company }) => waitingStatuses.includes(status) && company?.id === sandbox.company.id)
    .map(({ id, workflowOwnerEmail }) => [
      sandbox.invitations().filter((each) => each.connectionId === id && each.status === 'ACTIVE').length,
      sandbox.mails(workflowOwnerEmail).length,
    ]);
}

async function runOnce(random: number, wrap: (send: typeof fetch) => typeof fetch) {
  const sandbox = createSandbox({ random });
  // One response in three is lost; of the rest, half of the connections break: a third of all.
  sandbox.faults.add({ kind: 'lose', share: 1 / 3 });
  sandbox.faults.add({ kind: 'drop', share: 1 / 2 });
  const settled = await settle(sandbox, wrap(sandbox.fetch));
  return { settled, links: countLinks(sandbox) };
}

test(`in ${seeds} runs on a bad network, nobody gets two active links, nobody is forgotten, every run ends`, async () => {
  let people = 0;
  for (let random = 1; random <= seeds; random++) {
    const { settled, links } = await runOnce(random, (send) => send);
    expect(settled, `seed ${random}`).toBe(true);
    expect(links, `seed ${random}`).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    people += links.length;
  }
  expect(people).toBe(4 * seeds);
});

test('without the guard, if every failure is retried, somebody gets two', async () => {
  const repeated =
    (send: typeof fetch): typeof fetch =>
    async (...request) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await send(...request);
        } catch (error) {
          if (attempt === 3) throw error;
        }
      }
    };
  const outcomes = [];
  for (let random = 1; random <= 20; random++) outcomes.push(await runOnce(random, repeated));
  expect(outcomes.some(({ links }) => links.some(([live, mails]) => live > 1 && mails > 1))).toBe(true);
});
