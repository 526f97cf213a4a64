import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { promisify } from 'node:util';
import { signTestEvent } from 'nectar-openapi/webhooks';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readChapters } from '../../scripts/docs/chapters.ts';
import { operationsIn } from '../../scripts/docs/operations.ts';
import { readSamples } from '../../scripts/docs/samples.ts';
import { loadContract } from '../contract/contract.ts';
import { compileSnippets, localized, runSnippet, type Snippet, snippetsIn } from '../helpers/snippets.ts';
import { useMock } from '../round-trip/mock.ts';

const operations = operationsIn(await loadContract())
  .filter(({ isWebhook }) => !isWebhook)
  .map(({ operation: { operationId }, method, path }) => ({
    operationId,
    request: new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '[^/]+')}(?:\\?|$)`),
  }));
const samples = readSamples();
const chapters = readChapters({ chapter: (title) => title, operation: (id) => id });
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const texts = [{ file: 'README.md', text: readme }, ...chapters];

const typeScript = [...samples.values()].filter(({ language }) => language === 'ts');
const blocks = texts
  .flatMap(({ file, text }) => snippetsIn(text, 'ts', file))
  .filter(({ code }) => !isSample(code));
const commands = texts
  .flatMap(({ file, text }) => snippetsIn(text, 'sh', file))
  .filter(({ code }) => /^curl /m.test(code));

function isSample(code: string): boolean {
  return typeScript.some(({ text }) => text === code.trim());
}

const mock = useMock();

/** That there was a request, and that the contract has nothing against any. */
function expectRequests(request: RegExp): void {
  expect(mock.exchanges.flatMap(({ violations }) => violations)).toEqual([]);
  expect(mock.exchanges.length).toBeGreaterThan(0);
  for (const { method, path } of mock.exchanges) expect(`${method} ${path}`).toMatch(request);
}

test('every operation is shown by curl and by the client, and no sample is left over', () => {
  const names = operations.flatMap(({ operationId }) => [`${operationId}.sh`, `${operationId}.ts`]);
  expect([...samples.keys()].sort()).toEqual([...names, 'receiver.ts', 'reconnectCompany.ts'].sort());
});

test('the code of the README, the chapters and the samples compiles', () => {
  const all = [...blocks, ...typeScript.map(({ file, text }) => ({ place: file, code: text }))];
  expect(all.length).toBeGreaterThan(20);
  expect(compileSnippets(all)).toEqual([]);
});

describe('run against the mock', () => {
  test.each(operations)('$operationId, by the client, calls its operation, validly', async ({
    operationId,
    request,
  }) => {
    const { text = '' } = samples.get(`${operationId}.ts`) ?? {};
    await runSnippet({ place: operationId, code: text }, mock.url);
    expectRequests(request);
  });

  test.each(operations)('$operationId, by curl, calls its operation, validly', async ({
    operationId,
    request,
  }) => {
    const { text = '' } = samples.get(`${operationId}.sh`) ?? {};
    expect(await runShell(text)).toMatch(/^[[{]/);
    expectRequests(request);
  });

  // The tests among them are run by vitest itself, in test/sandbox/chapters.test.ts.
  const programs = blocks.filter(({ code }) => !code.includes("from 'vitest'"));
  test.each<Snippet>(programs)('$place prints what it says', async (snippet) => {
    const printed = await runSnippet(snippet, mock.url);
    expect(printed).toMatch(/\S/);
    expect(printed).not.toMatch(/undefined/);
  });

  test.each<Snippet>(commands)('$place gets an answer', async ({ code }) => {
    expect(await runShell(code)).toMatch(/\{/);
  });
});

test('the receiver takes a signed event once, and refuses a forged one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-receiver-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'receiver.mts');
  writeFileSync(file, localized(samples.get('receiver.ts')?.text ?? '', mock.url));
  const secret = 'whsec_dGhpcyBvbmUgaXMgZm9yIHRlc3RzIGFsb25l';
  const receiver = spawn(process.execPath, [file], {
    env: { ...process.env, PORT: '0', NECTAR_WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(async () => {
    receiver.kill();
    if (receiver.exitCode === null && receiver.signalCode === null) await once(receiver, 'close');
  });
  const lines = createInterface(receiver.stdout)[Symbol.asyncIterator]();
  const { value: ready } = await lines.next();
  const [, port] = /port: (\d+)/.exec(ready ?? '') ?? [];
  const id = '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36';
  const { headers, body } = signTestEvent(
    { eventType: 'connection.validated.v2', id, status: 'CONNECTED' },
    secret,
  );
  const post = async (text: string) =>
    (await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body: text })).status;
  expect(await post(body)).toBe(204);
  expect(await post(body)).toBe(204);
  expect(await lines.next()).toMatchObject({ value: `${id} is CONNECTED.` });
  expect(await post(body.replace('CONNECTED', 'PENDING'))).toBe(400);
  expect(await post(' '.repeat(2_000_000))).toBe(413);
  receiver.kill();
  // The same event came twice, and was handled once.
  expect(await lines.next()).toMatchObject({ done: true });
});

/** What the shell prints for the commands of a snippet, with the mock in place of the service. */
async function runShell(code: string): Promise<string> {
  const script = localized(code.replace(/^export .*$/gm, ''), mock.url);
  const env = { ...process.env, NECTAR_API_KEY: 'any-key' };
  const { stdout } = await promisify(execFile)(
    'sh',
    ['-ec', script.replaceAll(/^curl /gm, 'curl --silent ')],
    { env },
  );
  return stdout;
}
