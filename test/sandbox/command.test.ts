import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { expect, onTestFinished, test } from 'vitest';
import { runNode } from '../helpers/project-copy.ts';

test('npm run sandbox prints all URLs, logs each call, and stops at Ctrl-C', async () => {
  const child = spawn(process.execPath, ['scripts/nectar/run-sandbox.ts', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const line = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const { done, value } = await lines.next();
      if (done) throw new Error(`The command has ended without a line that matches ${pattern}.`);
      if (pattern.test(value)) return value;
    }
  };
  const [url = ''] = /http:\S+(?=\/v2)/.exec(await line(/API/)) ?? [];
  expect(await line(/Key/)).toContain('sandbox-key');
  expect(await line(/Control/)).toContain(`${url}/`);
  expect(await line(/signed with/)).toContain('whsec_');
  expect(await line(/curl -X POST/)).toContain(`${url}/v2/invitation/connection/`);

  const headers = { 'x-api-key': 'sandbox-key' };
  await fetch(`${url}/v2.2/ping`, { headers });
  expect(await line(/->/)).toBe('GET /v2.2/ping -> 200');
  await fetch(`${url}/v2/ping`, { headers: { ...headers, 'x-sandbox-fault': 'lose' } }).catch(() => {});
  expect(await line(/->/)).toBe('GET /v2/ping -> The sandbox broke the connection.');

  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([0, null]);
});

test.each([
  [['--port', 'http'], '--port takes a number from 0 to 65535, but got "http".'],
  [
    ['--webhook', 'ftp://a'],
    '--webhook takes an address that begins with http:// or https://, but got "ftp://a".',
  ],
  [
    ['--webhook', 'nowhere'],
    '--webhook takes an address that begins with http:// or https://, but got "nowhere".',
  ],
])('npm run sandbox refuses %s with a sentence', async (args, message) => {
  const { code, stdout, stderr } = await runNode(['scripts/nectar/run-sandbox.ts', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.startsWith(`${message}\nUsage: npm run sandbox`)).toBe(true);
});
