import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { readFiles } from '../../scripts/output/files.ts';
import { replaceFolder, restoreFolder } from '../../scripts/output/replace-folder.ts';

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'nectar-openapi-replace-'));
  folder = join(parent, 'out');
  onTestFinished(() => rmSync(parent, { recursive: true }));
});

test('the folder holds the new files and nothing else', () => {
  replaceFolder(
    folder,
    new Map([
      ['a.ts', 'old'],
      ['sub/b.ts', 'old'],
    ]),
  );
  replaceFolder(
    folder,
    new Map([
      ['a.ts', 'new'],
      ['sub/c.ts', 'new'],
    ]),
  );
  expect(readFiles(folder)).toEqual(
    new Map([
      ['a.ts', 'new'],
      ['sub/c.ts', 'new'],
    ]),
  );
  expect(readdirSync(parent)).toEqual(['out']);
});

test('if a file cannot be written, the folder does not change', () => {
  const before = new Map([['a.ts', 'old']]);
  replaceFolder(folder, before);
  // b.ts cannot be a file and a folder at once.
  const impossible = new Map([
    ['a.ts', 'new'],
    ['b.ts', 'new'],
    ['b.ts/c.ts', 'new'],
  ]);
  expect(() => replaceFolder(folder, impossible)).toThrow();
  expect(readFiles(folder)).toEqual(before);
  expect(readdirSync(parent)).toEqual(['out']);
});

test('the remains of a killed run are removed', async () => {
  const killed = spawn(process.execPath, ['--version']);
  await once(killed, 'close');
  mkdirSync(join(parent, `.out.${killed.pid}.next`));
  mkdirSync(join(parent, `.out.${process.ppid}.next`));
  writeFileSync(join(parent, '.out.notes'), '');
  replaceFolder(folder, new Map([['a.ts', '']]));
  expect(readdirSync(parent).sort()).toEqual([`.out.${process.ppid}.next`, '.out.notes', 'out']);
});

test('a run that was killed between the two renames loses nothing', async () => {
  const killed = spawn(process.execPath, ['--version']);
  await once(killed, 'close');
  const before = new Map([['a.ts', 'old']]);
  replaceFolder(folder, before);
  renameSync(folder, join(parent, `.out.${killed.pid}.previous`));
  restoreFolder(folder);
  expect(readFiles(folder)).toEqual(before);
  expect(readdirSync(parent)).toEqual(['out']);
});

test('an existing folder is not replaced by the remains of a killed run', async () => {
  const killed = spawn(process.execPath, ['--version']);
  await once(killed, 'close');
  const before = new Map([['a.ts', 'new']]);
  replaceFolder(folder, before);
  mkdirSync(join(parent, `.out.${killed.pid}.previous`));
  restoreFolder(folder);
  expect(readFiles(folder)).toEqual(before);
});

test('a killed process always leaves one complete version', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `${index}.ts`);
  const module = pathToFileURL(join(import.meta.dirname, '../../scripts/output/replace-folder.ts'));
  const endless = `
    import { replaceFolder, restoreFolder } from '${module}';
    for (let round = 0; ; round++) {
      replaceFolder(${JSON.stringify(folder)}, new Map(${JSON.stringify(names)}.map((name) => [name, String(round)])));
      if (round === 0) process.stdout.write('started');
    }`;
  for (let kill = 0; kill < 5; kill++) {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', endless], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    restoreFolder(folder);
    const files = readFiles(folder);
    expect([...files.keys()].sort()).toEqual([...names].sort());
    expect(new Set(files.values()).size).toBe(1);
  }
});
