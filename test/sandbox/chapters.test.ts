import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { choices } from '../../scripts/nectar/choices.ts';
import { runNode } from '../helpers/project-copy.ts';
import { localized, runSnippet, snippetsIn } from '../helpers/snippets.ts';
import { useSandbox } from './running.ts';

const served = useSandbox();

const read = (name: string) => readFileSync(join(toolchainRoot, 'spec/guide', name), 'utf8');
const snippets = ['01-get-started.md', '11-sandbox.md', '12-testing.md'].flatMap((name) =>
  snippetsIn(read(name), 'ts', name),
);

/** What the code prints, when it begins with this comment or call. */
async function run(part: string): Promise<string> {
  const snippet = snippets.find(({ code }) => code.includes(part) && !code.includes("from 'vitest'"));
  return runSnippet(snippet ?? { place: part, code: 'throw new Error("It is not there.")' }, served.url);
}

test('the first calls of Get started work on the sandbox', async () => {
  expect(await run('createFetchClient')).toBe('ACTIVE');
  expect(await run('invitation.invitationUrl')).toMatch(/^ACTIVE http:.*\/p\/i\//);
  expect(served.sandbox.invitations()).toHaveLength(2);
});

test('each outcome is as the chapter describes it', async () => {
  const printed = await run('neverSent');
  expect(printed.split('\n').map((line) => line.split(' -> ')[1])).toEqual([
    ...Array(4).fill('unknown'),
    'rejected',
    'not-sent',
  ]);
  expect(served.sandbox.invitations()).toHaveLength(2);
});

test('mails, events and a bad network are as the chapter describes them', async () => {
  expect(await run('subject, link')).toBe('Please reconnect Cascadia Power form');
  expect(await run('receiver.example')).toBe(
    ['connection.updated.v2', 'connection.validated.v2', 'connection.updated.v2']
      .map((type) => `${type} PASSWORD_INCORRECT`)
      .join('\n'),
  );
  expect(await run('random: 7')).toMatch(/Active links: 1$/);
});

test('the test of the chapter passes in vitest, and fails where the owner does not act', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-chapter-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(join(toolchainRoot, 'node_modules'), join(folder, 'node_modules'));
  const code = localized(
    snippets.find((each) => each.code.includes("from 'vitest'"))?.code ?? '',
    served.url,
  );
  writeFileSync(join(folder, 'life.test.ts'), code);
  writeFileSync(join(folder, 'idle.test.ts'), code.replace("password: 'right'", "password: 'other'"));
  const vitest = join(toolchainRoot, 'node_modules/vitest/vitest.mjs');
  const { code: exitCode, stdout } = await runNode([vitest, 'run', '--root', folder]);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/✓ life\.test\.ts/);
  expect(stdout).toMatch(/Tests +1 failed \| 1 passed/);
});

test('the chapter lists the choices of the sandbox', () => {
  const text = read('11-sandbox.md').replaceAll(/\n {2}/g, ' ');
  expect(text.split('\n').filter((line) => choices.includes(line.replace(/^- /, '')))).toHaveLength(
    choices.length,
  );
});
