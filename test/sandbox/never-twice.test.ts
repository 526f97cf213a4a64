import { stripTypeScriptTypes } from 'node:module';
import { createClient, isApiClientError } from 'nectar-openapi';
import { type Change, createSandbox, type Sandbox } from 'nectar-openapi/sandbox';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { waitingStatuses } from '../../scripts/nectar/connections.ts';
import { programOf } from '../docs/source.ts';
import { runs } from '../helpers/runs.ts';
import { randomFrom } from '../servers/raw-requests.ts';
import { VirtualTime } from './virtual-time.ts';

/** Each planted fault is found by seed 5 of one of the weathers. */
const seeds = runs(12, 1_000);

/** How long a request is on its way at most: as the recipe says. */
const longestWay = 120_000;

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;

type Job = (create: () => unknown, time: VirtualTime['sleep']) => Promise<void>;

/** The recipe of the docs, to the letter but for a planted fault, as a function of what it imports. */
function recipe(plant: (text: string) => string = (text) => text): Job {
  const planted = plant(programOf('reconnectCompany.ts'));
  const body = stripTypeScriptTypes(planted).replace(/^import .*$/gm, '');
  const job = new AsyncFunction('createClient', 'isApiClientError', 'sleep', 'console', body);
  return (create, sleep) => job(create, isApiClientError, sleep, { log() {} });
}

const { stackTraceLimit } = Error;
let time = new VirtualTime();

beforeEach(() => {
  // Nobody reads the stacks of so many errors, which take half the time.
  Error.stackTraceLimit = 0;
  vi.stubGlobal('performance', { now: () => time.now() });
  vi.stubGlobal('setTimeout', (work: () => void, ms: number) => time.setTimeout(work, ms));
  vi.stubGlobal('clearTimeout', (timer: unknown) => time.clearTimeout(timer));
});
afterEach(() => {
  Error.stackTraceLimit = stackTraceLimit;
  vi.unstubAllGlobals();
});

/** A company with 250 older invitations, on three pages. */
const older: Change[] = [];
beforeAll(async () => {
  const rows = new Map<string, Change>();
  const save = (changes: readonly Change[]) => {
    for (const each of changes) rows.set(`${each.table} ${each.id}`, each);
  };
  const sandbox = createSandbox({ journal: { load: () => [], save } });
  const nectar = createClient({ apiKey: sandbox.key, fetch: sandbox.fetch });
  const { passwordIncorrect, connected } = sandbox.connections;
  for (let count = 0; count < 250; count++) {
    const { id } = await nectar.createReconnectInvitation(
      [connected, passwordIncorrect][count % 2]?.id ?? '',
      { maxUses: 1 },
    );
    if (count % 2 === 1) await nectar.revokeInvitation(id);
  }
  older.push(...rows.values());
});

/** What may happen in a run of the model. */
interface Weather {
  workers: 1 | 2;
  /** Whether something between sends a request twice. */
  repeats: boolean;
}

interface Model extends Weather {
  random: () => number;
  sandbox: Sandbox;
  /** Repeated creates. */
  repeated: number;
}

/** The network of one worker: it loses requests and responses, holds requests, and repeats some. */
function networkOf(model: Model, isAlive: () => boolean): typeof fetch {
  const { random, sandbox } = model;
  const broken = () => new TypeError('fetch failed', { cause: new Error('The connection broke.') });
  return async (input, init) => {
    if (!isAlive()) return await new Promise<never>(() => {});
    const request = new Request(input, { ...init, signal: null });
    const isCreate = request.method === 'POST' && !request.url.endsWith('/revoke');
    const handle = () => sandbox.fetch(request.clone());
    const fate = random();
    await time.sleep(random() * 500);
    if (fate < 0.1) throw broken();
    if (fate < 0.2 && isCreate) {
      // It arrives when nobody waits for it any more, not even the process that has sent it.
      time.setTimeout(() => void handle(), random() * longestWay);
      await time.sleep(random() * 40_000);
      throw broken();
    }
    if (fate < 0.3 && isCreate && model.repeats) {
      model.repeated++;
      time.setTimeout(() => void handle(), random() * longestWay);
    }
    const response = await handle();
    await time.sleep(random() * 500);
    if (fate > 0.9) throw broken();
    return response;
  };
}

/** Runs the job until it ends without an error, as a scheduler does. It can crash at any step. */
async function work(model: Model, job: Job): Promise<boolean> {
  const { random, sandbox } = model;
  await time.sleep(random() * 2 * longestWay);
  for (let turn = 0; turn < 100; turn++) {
    let alive = true;
    let steps = random() < 0.5 ? Math.floor(random() * 30) : Number.POSITIVE_INFINITY;
    const crashed = new Promise<string>((resolve) => {
      const step = () => {
        if (steps-- > 0) return;
        alive = false;
        resolve('crashed');
      };
      const send = networkOf(model, () => {
        step();
        return alive;
      });
      const fetchIfAlive: typeof fetch = async (...request) => {
        const response = await send(...request);
        step();
        return alive ? response : await new Promise<never>(() => {});
      };
      const sleep = async (ms: number) => {
        step();
        await time.sleep(ms);
        if (!alive) await new Promise<never>(() => {});
      };
      job(() => createClient({ apiKey: sandbox.key, fetch: fetchIfAlive }), sleep).then(
        () => resolve('ended'),
        () => resolve('failed'),
      );
    });
    if ((await crashed) === 'ended') return true;
    await time.sleep(random() * 10_000);
  }
  return false;
}

/** How many live links, and how many mails, the owner of each connection that waits has got. */
function countLinks(sandbox: Sandbox): { links: number; mails: number }[] {
  return sandbox
    .allConnections()
    .filter(({ status, company }) => waitingStatuses.includes(status) && company?.id === sandbox.company.id)
    .map(({ id, workflowOwnerEmail }) => ({
      links: sandbox.invitations().filter((each) => each.connectionId === id && each.status === 'ACTIVE')
        .length,
      mails: sandbox.mails(workflowOwnerEmail).length,
    }));
}

/** @returns what is wrong at the end; undefined if all is well */
async function runOnce(seed: number, weather: Weather, job: Job): Promise<string | undefined> {
  time = new VirtualTime();
  const random = randomFrom(seed);
  const journal = { load: () => older, save() {} };
  const clock = { getTime: () => Date.UTC(2026, 2, 2, 9, 15) + time.now() } as Date;
  const sandbox = createSandbox({ random: seed, journal, clock });
  const model: Model = { ...weather, random, sandbox, repeated: 0 };
  const all = Promise.all(Array.from({ length: weather.workers }, () => work(model, job)));
  await time.run(all);
  if ((await all).includes(false)) return 'a worker does not end';
  const owners = countLinks(sandbox);
  if (owners.some(({ links }) => links !== 1))
    return `the owners have ${owners.map(({ links }) => links)} links`;
  // A second mail comes from a repeat, or from two workers at once.
  const most = weather.workers + (weather.repeats ? model.repeated : 0);
  if (owners.some(({ mails }) => mails < 1 || mails > most))
    return `the owners have ${owners.map(({ mails }) => mails)} mails`;
  return undefined;
}

const weathers: [string, Weather][] = [
  ['one worker', { workers: 1, repeats: false }],
  ['one worker, and a network that repeats', { workers: 1, repeats: true }],
  ['two workers at once', { workers: 2, repeats: false }],
  ['two workers at once, and a network that repeats', { workers: 2, repeats: true }],
];

describe.each(weathers)(
  'with lost and late requests, crashes, 250 older invitations and %s',
  (_, weather) => {
    test(`in ${seeds} runs, every owner ends with one live link`, async () => {
      const job = recipe();
      for (let seed = 1; seed <= seeds; seed++)
        expect(await runOnce(seed, weather, job), `seed ${seed}`).toBeUndefined();
    });
  },
);

describe('the model finds a recipe', () => {
  const replaced = (from: string, to: string) => (text: string) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  };
  test.each<[string, (text: string) => string]>([
    [
      'that does not wait for what was sent before',
      replaced('await sleep(longestWay);\nconst before', 'const before'),
    ],
    ['that does not wait for what it has sent', replaced('if (invited > 0) await sleep(longestWay);', '')],
    ['that reads one page', replaced('more = hasNext;', 'more = false;')],
    ['that does not revoke', replaced('own.slice(1)', '[] as typeof own')],
    ['that takes an unknown outcome for a success', replaced('unclear.add(id);', '')],
    [
      'that retries an unknown outcome',
      replaced(
        'unclear.add(id);',
        'await nectar.createReconnectInvitation(id, { allowedEmails: [owner], maxUses: 1, sendEmail: true }).result();',
      ),
    ],
  ])('%s', async (_, plant) => {
    const job = recipe(plant);
    const found: string[] = [];
    for (const [name, weather] of weathers)
      for (let seed = 1; seed <= 6 && found.length === 0; seed++) {
        const wrong = await runOnce(seed, weather, job);
        if (wrong !== undefined) found.push(`${name}, seed ${seed}: ${wrong}`);
      }
    expect(found).toHaveLength(1);
  });
});
