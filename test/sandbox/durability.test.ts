import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { DatabaseSync } from 'node:sqlite';
import { createClient } from 'nectar-openapi';
import { createSandbox } from 'nectar-openapi/sandbox';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../../scripts/sandbox/server/store.ts';
import { runNode } from '../helpers/project-copy.ts';

/** The process is killed in the middle of them. */
const writes = 200;

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'sandbox.db');
}

/** Starts the command and waits until it is up. */
async function startCommand(file: string) {
  const child = spawn(process.execPath, ['scripts/nectar/run-sandbox.ts', '--port', '0', '--data', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /API +(http:\S+)\/v2/.exec(line) ?? [];
    if (url) {
      child.stdout.resume();
      return { child, url };
    }
  }
  throw new Error('The sandbox has ended before it was up.');
}

test(`acknowledged writes survive a kill -9 in the middle of ${writes} writes`, async () => {
  const file = temporaryFile();
  const { child, url } = await startCommand(file);
  const nectar = createClient({ apiKey: 'sandbox-key', baseUrl: `${url}/v2`, maxRetries: 0 });
  const connectionId = '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36';
  const acknowledged: string[] = [];
  const calls = Array.from({ length: writes }, async () => {
    const result = await nectar.createReconnectInvitation(connectionId, { maxUses: 1 }).result();
    if (result.ok) acknowledged.push(result.data.id);
    if (acknowledged.length === writes / 4) child.kill('SIGKILL');
  });
  await Promise.all([...calls, once(child, 'close')]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(writes / 4);
  expect(acknowledged.length).toBeLessThan(writes);

  using store = openStore(file);
  const kept = new Set(
    createSandbox({ journal: store })
      .invitations()
      .map(({ id }) => id),
  );
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
});

test('a file restores the clock, the mails and the events', async () => {
  const file = temporaryFile();
  const story = async () => {
    using store = openStore(file);
    const sandbox = createSandbox({ journal: store });
    const nectar = createClient({ apiKey: sandbox.key, fetch: sandbox.fetch });
    const { id } = await nectar.createReconnectInvitation(sandbox.connections.passwordIncorrect.id, {
      allowedEmails: ['dana.reyes@harborstreet.example'],
      sendEmail: true,
    });
    await sandbox.setStatus(sandbox.connections.connected.id, 'WEBSITE_DOWN');
    await sandbox.clock.advance({ days: 1 });
    return { id, now: sandbox.clock.now(), counts: [sandbox.mails().length, sandbox.events().length] };
  };
  const first = await story();
  const second = await story();
  expect(second.id).not.toBe(first.id);
  expect(second.now.getTime() - first.now.getTime()).toBe(86_400_000);
  expect([first.counts, second.counts]).toEqual([
    [1, 2],
    // The connection was down already.
    [2, 2],
  ]);
});

test('a file of another program is not changed, and one in use is refused', async () => {
  const file = temporaryFile();
  writeFileSync(file, 'My diary.');
  expect(await runNode(['scripts/nectar/run-sandbox.ts', '--port', '0', '--data', file])).toEqual({
    code: 1,
    stdout: '',
    stderr: `${file} is not a file of a sandbox. Use another name: --data sandbox.db\n`,
  });
  expect(readFileSync(file, 'utf8')).toBe('My diary.');
  const foreign = temporaryFile();
  new DatabaseSync(foreign).exec('CREATE TABLE rows (diary TEXT)');
  expect(() => openStore(foreign)).toThrow('is not a file of a sandbox');
  const used = temporaryFile();
  using _store = openStore(used);
  expect(() => openStore(used)).toThrow('is in use by another sandbox. Stop that one, or take another file.');
  expect(() => openStore(join(used, 'below.db'))).toThrow('cannot be opened');
});

test('an event that is being sent when the process ends is sent again', async () => {
  const file = temporaryFile();
  const ids: string[] = [];
  const receiver = (arrived: () => void, respond: Promise<Response>) => ({
    url: 'https://receiver.invalid',
    fetch: async (_: unknown, init?: RequestInit) => {
      ids.push(new Headers(init?.headers).get('svix-id') ?? '');
      arrived();
      return respond;
    },
  });
  {
    using store = openStore(file);
    const never = new Promise<Response>(() => {});
    const sandbox = createSandbox({ journal: store });
    await sandbox.setStatus(sandbox.connections.connected.id, 'WEBSITE_DOWN');
    await new Promise<void>((resolve) => void sandbox.setReceiver(receiver(resolve, never)));
    // Another change, which is kept while the event is on its way.
    void sandbox.clock.advance({ seconds: 1 });
  }
  expect(new Set(ids).size).toBe(2);
  using store = openStore(file);
  const sandbox = createSandbox({
    journal: store,
    receiver: receiver(() => {}, Promise.resolve(new Response())),
  });
  await sandbox.deliver();
  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(2);
  await sandbox.deliver();
  expect(ids).toHaveLength(4);
});

test('a change that could not be stored is stored with the next one', async () => {
  const kept: string[] = [];
  let full = false;
  const sandbox = createSandbox({
    journal: {
      load: () => [],
      save(changes) {
        if (full) throw new Error('The disk is full.');
        kept.push(...changes.map(({ id }) => id));
      },
    },
  });
  const nectar = createClient({ apiKey: sandbox.key, fetch: sandbox.fetch, maxRetries: 0 });
  full = true;
  const lost = await nectar.createReconnectInvitation(sandbox.connections.connected.id).result();
  expect(lost).toMatchObject({ ok: false, error: { outcome: 'unknown' } });
  full = false;
  await nectar.createReconnectInvitation(sandbox.connections.connected.id);
  expect(sandbox.invitations().filter(({ id }) => !kept.includes(id))).toEqual([]);
  expect(sandbox.invitations()).toHaveLength(2);
  kept.length = 0;
  await sandbox.setStatus(sandbox.connections.connected.id, 'CONNECTED');
  // And what was kept is not kept again.
  expect(kept).toEqual([sandbox.connections.connected.id]);
});

test('each write is synchronized with the disk, which a kill of the process alone cannot show', () => {
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  onTestFinished(() => exec.mockRestore());
  using _store = openStore(temporaryFile());
  const database = exec.mock.contexts[0] as DatabaseSync;
  expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
});
