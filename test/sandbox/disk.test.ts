import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { createClient } from 'nectar-openapi';
import { createSandbox } from 'nectar-openapi/sandbox';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../scripts/nectar/start.ts';
import { openStore } from '../../scripts/sandbox/server/store.ts';

const connectionId = '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36';

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-disk-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'sandbox.db');
}

test('where no more can be written, a response says so, the process goes on, and acknowledged changes are kept', async () => {
  const file = temporaryFile();
  // A limit for each file, in blocks of 512 bytes: a disk that is full needs a disk.
  const command = `ulimit -f 1200; exec "${process.execPath}" scripts/nectar/run-sandbox.ts --port 0 --data "${file}"`;
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const url = await new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const [, found] = /API +(http:\S+)\/v2/.exec(line) ?? [];
      if (found) resolve(found);
    });
  });
  const nectar = createClient({ apiKey: 'sandbox-key', baseUrl: `${url}/v2`, maxRetries: 0 });
  const acknowledged: string[] = [];
  let refused: unknown;
  while (refused === undefined) {
    const result = await nectar.createReconnectInvitation(connectionId).result();
    if (result.ok) acknowledged.push(result.data.id);
    else refused = result.error;
  }
  expect(refused).toMatchObject({
    status: 500,
    outcome: 'unknown',
    detail: expect.stringContaining(`The change is not stored in ${file}: disk I/O error.`),
  });
  expect((await fetch(`${url}/sandbox/state`)).status).toBe(200);
  child.kill('SIGKILL');
  await once(child, 'close');

  using store = openStore(file);
  const kept = createSandbox({ journal: store }).invitations();
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(acknowledged.filter((id) => !kept.some((each) => each.id === id))).toEqual([]);
});

test.each<[string, (file: string) => void]>([
  [
    'a page that is overwritten',
    (file) => {
      const bytes = readFileSync(file);
      bytes.fill(0xff, 4096, 12_288);
      writeFileSync(file, bytes);
    },
  ],
  [
    'a row that is cut',
    (file) => {
      using database = new DatabaseSync(file);
      database.exec('UPDATE rows SET row = substr(row, 1, 20)');
    },
  ],
  [
    'a row that is not an object',
    (file) => {
      using database = new DatabaseSync(file);
      database.exec("UPDATE rows SET row = '5'");
    },
  ],
])('a file with %s is refused with a sentence', async (_, damage) => {
  const file = temporaryFile();
  {
    using store = openStore(file);
    createSandbox({ journal: store });
  }
  damage(file);
  await expect(startSandbox({ port: 0, data: file })).rejects.toMatchObject({
    name: 'Failure',
    message: expect.stringMatching(/sandbox\.db is damaged: .+\. Use a copy of it, or another file\.$/),
  });
});

test('the clock ends with the year 9999, and everything works until then', async () => {
  const sandbox = createSandbox();
  const nectar = createClient({ apiKey: sandbox.key, fetch: sandbox.fetch, maxRetries: 0 });
  const { id } = await nectar.createReconnectInvitation(connectionId);
  await sandbox.clock.advance({ days: 2_900_000 });
  await expect(sandbox.clock.advance({ days: 20_000 })).rejects.toThrow('ends with the year 9999');
  for (const days of [-1, Number.NaN])
    await expect(sandbox.clock.advance({ days })).rejects.toThrow('only moves forward');
  expect(await nectar.revokeInvitation(id)).toMatchObject({ status: 'REVOKED' });
  expect((await nectar.getInvitation(id)).events).toMatchObject([{ at: expect.stringMatching(/^99\d\d-/) }]);
});
