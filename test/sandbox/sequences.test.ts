import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Change, createSandbox, type Journal, type Sandbox } from 'nectar-openapi/sandbox';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../scripts/sandbox/server/store.ts';
import { runs } from '../helpers/runs.ts';

/** All that a user can tell of an invitation, by the simplest rules that there are. */
interface Known {
  id: string;
  link: string;
  connectionId: string | null;
  maxUses: number | null;
  /** Seconds since the start. */
  expires: number;
  uses: number;
  revoked: boolean;
  log: string[];
}

interface Model {
  seconds: number;
  known: Known[];
}

/** A sandbox that can be started again from what its journal has kept. */
class Real {
  sandbox: Sandbox;
  readonly #open: () => Journal & Partial<Disposable>;
  #journal: Journal & Partial<Disposable>;

  constructor(open: () => Journal & Partial<Disposable>) {
    this.#open = open;
    this.#journal = open();
    this.sandbox = createSandbox({ journal: this.#journal });
  }

  restart(): void {
    this.close();
    this.#journal = this.#open();
    this.sandbox = createSandbox({ journal: this.#journal });
  }

  close(): void {
    this.#journal[Symbol.dispose]?.();
  }

  async call(method: string, path: string, body?: object) {
    const headers = { 'x-api-key': this.sandbox.key, 'content-type': 'application/json' };
    const response = await this.sandbox.fetch(`https://nectar.invalid/v2${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }
}

type Command = fc.AsyncCommand<Model, Real>;

function statusOf({ revoked, maxUses, uses, expires }: Known, { seconds }: Model): string {
  if (revoked) return 'REVOKED';
  if (maxUses !== null && uses >= maxUses) return 'FULFILLED';
  return seconds >= expires ? 'EXPIRED' : 'ACTIVE';
}

/** What the API must show of an invitation. */
function shown(known: Known, model: Model): object {
  const { id, link, connectionId, maxUses, uses } = known;
  return {
    id,
    invitationUrl: link,
    connectionId,
    maxUses,
    useCount: uses,
    status: statusOf(known, model),
    invitationType: connectionId === null ? 'CREATE_CONNECTION' : 'EDIT_CONNECTION',
    createdConnections: connectionId === null ? Array(uses).fill(expect.anything()) : [],
  };
}

const command = (
  text: string,
  run: (model: Model, real: Real) => Promise<void>,
  needsOne = true,
): Command => ({
  check: ({ known }) => !needsOne || known.length > 0,
  run,
  toString: () => text,
});

/** A command about one of the invitations so far. */
const about = (
  name: string,
  run: (known: Known, model: Model, real: Real) => Promise<void>,
): fc.Arbitrary<Command> =>
  // Few, so that what belongs together meets: a link that is used twice, and then revoked.
  fc
    .nat(2)
    .map((index) =>
      command(`${name} ${index}`, (model, real) =>
        run(model.known[index % model.known.length] as Known, model, real),
      ),
    );

const limits = fc.record(
  { maxUses: fc.integer({ min: 1, max: 3 }), expiresInSeconds: fc.constantFrom(60, 61, 400) },
  { requiredKeys: [] },
);

const create = fc.tuple(fc.boolean(), limits).map(([forCompany, body]) =>
  command(
    `create ${JSON.stringify({ forCompany, ...body })}`,
    async (model, real) => {
      const { connected } = real.sandbox.connections;
      const connectionId = forCompany ? null : connected.id;
      const path = forCompany
        ? `/invitation/company/${real.sandbox.company.id}`
        : `/invitation/connection/${connected.id}`;
      const made = await real.call('POST', path, body);
      const known = {
        id: made.body.id,
        link: made.body.invitationUrl,
        connectionId,
        maxUses: body.maxUses ?? null,
        expires: model.seconds + (body.expiresInSeconds ?? Number.POSITIVE_INFINITY),
        uses: 0,
        revoked: false,
        log: [],
      };
      expect(made).toMatchObject({ status: 201, body: shown(known, model) });
      expect(model.known.map(({ id }) => id)).not.toContain(known.id);
      model.known.push(known);
    },
    false,
  ),
);

const get = about('get', async (known, model, real) => {
  const { status, body } = await real.call('GET', `/invitation/${known.id}`);
  expect(status).toBe(200);
  expect(body).toMatchObject(shown(known, model));
  expect(body.events.map(({ type }: { type: string }) => type)).toEqual(known.log);
});

const list = fc.integer({ min: 0, max: 3 }).map((page) =>
  command(
    `list ${page}`,
    async (model, real) => {
      const { body } = await real.call('GET', `/invitation/company/${real.sandbox.company.id}?page=${page}`);
      expect(body).toMatchObject({ totalInvitations: model.known.length, currentPage: 1, hasNext: false });
      expect(body.invitations).toMatchObject(model.known.map((known) => shown(known, model)));
    },
    false,
  ),
);

const revoke = about('revoke', async (known, model, real) => {
  if (!known.revoked) known.log.push('revoked');
  known.revoked = true;
  expect(await real.call('POST', `/invitation/${known.id}/revoke`)).toMatchObject({
    status: 200,
    body: shown(known, model),
  });
});

const view = about('view', async (known, model, real) => {
  const status = statusOf(known, model);
  if (status === 'ACTIVE') known.log.push('viewed');
  expect(await real.sandbox.recipient(known.link).open()).toBe(
    status === 'ACTIVE' ? 'form' : status.toLowerCase(),
  );
});

const use = fc.constantFrom('right', 'wrong', 'right-with-code').chain((password) =>
  about(`use ${password}`, async (known, model, real) => {
    const status = statusOf(known, model);
    const accepted = status === 'ACTIVE' && password === 'right';
    if (status === 'ACTIVE') known.log.push('viewed');
    if (accepted) {
      known.uses++;
      known.log.push('used');
    }
    const outcomes: Record<string, string> = {
      right: 'accepted',
      wrong: 'refused',
      'right-with-code': 'code-needed',
    };
    expect(await real.sandbox.recipient(known.link).submit({ password })).toBe(
      status === 'ACTIVE' ? outcomes[password] : status.toLowerCase(),
    );
  }),
);

// The bounds of what is valid, and just beside them.
const advance = fc.constantFrom(1, 59, 60, 340, 400).map((seconds) =>
  command(
    `advance ${seconds}`,
    async (model, real) => {
      model.seconds += seconds;
      await real.sandbox.clock.advance({ seconds });
    },
    false,
  ),
);

const restart = fc.constant(command('restart', async (_, real) => real.restart(), false));

const commands = fc
  .tuple(
    create,
    create,
    fc.commands([create, get, list, revoke, view, use, advance, restart], { maxCommands: 30 }),
  )
  .map(([first, second, others]) => [first, second, ...others]);

/** A created connection that is lost is found by sequence 129. */
const sequences = runs(260, 2_000);

/** Change it to try other sequences. */
const seed = 20_261_130;

/** @param newJournal a new place for a sequence, which can be opened again and again */
async function runSequences(numRuns: number, newJournal: () => () => Journal & Partial<Disposable>) {
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      const real = new Real(newJournal());
      try {
        await fc.asyncModelRun(() => ({ model: { seconds: 0, known: [] }, real }), sequence);
      } finally {
        real.close();
      }
    }),
    { numRuns, seed },
  );
}

/** Keeps text, as a file does. */
function inMemory(): () => Journal {
  const rows = new Map<string, string>();
  return () => ({
    load: () => Array.from(rows.values(), (text): Change => JSON.parse(text)),
    save(changes, { clear }) {
      if (clear) rows.clear();
      for (const change of changes) rows.set(`${change.table} ${change.id}`, JSON.stringify(change));
    },
  });
}

test(`in ${sequences} sequences of commands, everything matches a simple model`, async () => {
  await runSequences(sequences, inMemory);
});

test('so does a restored file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-sequences-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  let count = 0;
  await runSequences(30, () => {
    const file = join(folder, `${count++}.db`);
    return () => openStore(file);
  });
});
