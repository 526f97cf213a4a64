import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { promisify } from 'node:util';
import { signTestEvent } from 'nectar-openapi/webhooks';
import { describe, expect, onTestFinished, test } from 'vitest';
import { samplesFor } from '../../scripts/docs/calls/samples.ts';
import { listChapters } from '../../scripts/docs/guide/chapters.ts';
import { operationsIn } from '../../scripts/docs/operations.ts';
import { compileSnippets, localized, runSnippet, type Snippet, snippetsIn } from '../helpers/snippets.ts';
import { useMock } from '../round-trip/mock.ts';
import { useSandbox } from '../sandbox/running.ts';
import { source } from './source.ts';

/** Each call that the docs show: of every operation, with every example of its body, in every way to write it. */
const calls = operationsIn(source.document)
  .filter(({ isWebhook }) => !isWebhook)
  .flatMap((placed) =>
    samplesFor(placed, source).flatMap(({ label, language, code }) =>
      [...code].map(([example, text]) => ({
        name: `${placed.operation.operationId} ${example}`.trim(),
        label,
        language,
        code: text,
        request: new RegExp(`^${placed.method} ${placed.path.replaceAll(/\{\w+\}/g, '[^/]+')}(?:\\?|$)`),
      })),
    ),
  );
const { programs } = source;
const chapters = listChapters(source);
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const texts = [
  { file: 'README.md', text: readme },
  ...chapters.map(({ name, text }) => ({ file: name, text })),
];

const blocks = texts
  .flatMap(({ file, text }) => snippetsIn(text, 'ts', file))
  .filter(({ code }) => ![...programs.values()].includes(code.trim()));
const commands = texts
  .flatMap(({ file, text }) => snippetsIn(text, 'sh', file))
  .filter(({ code }) => /^curl /m.test(code));

const mock = useMock();
const sandbox = useSandbox();

/** The mock for a snippet that names its port, and the sandbox for every other. */
function serverOf({ code }: Snippet): string {
  return code.includes(':4011') ? mock.url : sandbox.url;
}

/** That there was a request, and that the contract has nothing against any. */
function expectRequests(request: RegExp): void {
  expect(mock.exchanges.flatMap(({ violations }) => violations)).toEqual([]);
  expect(mock.exchanges.length).toBeGreaterThan(0);
  for (const { method, path } of mock.exchanges) expect(`${method} ${path}`).toMatch(request);
}

test('the code of the README, the chapters, the programs and the calls compiles', () => {
  const shown = calls.filter(({ language }) => language === 'ts');
  const all = [
    ...blocks,
    ...[...programs].map(([file, code]) => ({ place: file, code })),
    ...shown.map(({ name, label, code }) => ({ place: `${name}, ${label}`, code })),
  ];
  expect(shown.length).toBeGreaterThan(20);
  expect(compileSnippets(all)).toEqual([]);
});

describe('run against the mock and the sandbox', () => {
  test.each(calls)(
    '$name, by $label, sends a valid request of its operation',
    async ({ name, language, code, request }) => {
      if (language === 'sh') expect(await runShell(code)).toMatch(/^[[{]/);
      else expect(await runSnippet({ place: name, code }, mock.url)).toMatch(/\S/);
      expectRequests(request);
    },
  );

  // The tests among them are run by vitest itself, in test/sandbox/chapters.test.ts.
  const programs = blocks.filter(({ code }) => !code.includes("from 'vitest'"));
  test.each<Snippet>(programs)('$place prints what it says', async (snippet) => {
    const printed = await runSnippet(snippet, serverOf(snippet));
    expect(printed).toMatch(/\S/);
    expect(printed).not.toMatch(/undefined/);
  });

  test.each<Snippet>(commands)('$place gets a response', async (snippet) => {
    expect(await runShell(snippet.code, serverOf(snippet))).toMatch(/\{/);
  });
});

test('the receiver accepts a signed event once, and refuses a forged one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-receiver-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'receiver.mts');
  writeFileSync(file, localized(programs.get('receiver.ts') ?? '', mock.url));
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

/** What the shell prints for the commands of a snippet. */
async function runShell(code: string, url = mock.url): Promise<string> {
  const script = localized(code.replace(/^export .*$/gm, ''), url);
  const env = { ...process.env, NECTAR_API_KEY: 'sandbox-key' };
  const { stdout } = await promisify(execFile)(
    'sh',
    ['-ec', script.replaceAll(/^curl /gm, 'curl --silent ')],
    { env },
  );
  return stdout;
}
