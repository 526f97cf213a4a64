import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runNode } from '../helpers/project-copy.ts';

const webhooks = new URL('../../generated/webhooks.ts', import.meta.url);
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const receiver = /```ts\n((?:(?!```)[\s\S])*createServer[\s\S]*?)```/.exec(readme)?.[1] ?? '';

test('the receiver of the README takes an event once, and refuses a forged one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-receiver-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'receiver.mts');
  writeFileSync(file, receiver.replace("'nectar-openapi/webhooks'", `'${webhooks}'`));
  const { stdout, stderr } = await runNode([file]);
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36 is CONNECTED; it was PASSWORD_INCORRECT.',
    '204',
    '204',
    'bad-signature',
    '400',
    '',
  ]);
});
