import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Target } from '../../scripts/cli/apis.ts';
import { ProjectCopy, type RunCommand } from '../helpers/project-copy.ts';

describe('gen only works if something has changed', () => {
  const project = new ProjectCopy({ ownScripts: true });
  const before = process.cwd();
  let generated: Map<string, string>;

  // The scripts of the copy, so that one of them can be changed.
  let gen: RunCommand;
  let record: typeof import('../../scripts/generate/run-record.ts');
  let target: Target;
  beforeAll(async () => {
    process.chdir(project.root);
    ({ gen } = await import(join(project.root, 'scripts/generate/command.ts')));
    record = await import(join(project.root, 'scripts/generate/run-record.ts'));
    const { chooseApi, targetOf } = await import(join(project.root, 'scripts/cli/apis.ts'));
    target = targetOf(chooseApi());
    await project.run(gen);
    generated = project.snapshot('generated');
  });
  afterAll(() => {
    process.chdir(before);
    project[Symbol.dispose]();
  });

  test('a second run says that nothing has changed, and does not write files', async () => {
    const written = project.modified('generated/client.ts');
    expect(await project.run(gen)).toEqual({
      code: 0,
      stdout: 'Nothing has changed since the last run: generated/ is up to date.\n',
      stderr: '',
    });
    expect(project.modified('generated/client.ts')).toBe(written);
  });

  test('a change of the contract makes it run again', async () => {
    project.edit('spec/openapi.yaml', (text) => `${text}# Changed.\n`);
    const { code, stdout } = await project.run(gen);
    expect(stdout).toMatch(/^ {2}lint +\d+ ms$/m);
    expect(code).toBe(0);
    expect(project.snapshot('generated')).toEqual(generated);
  });

  test.for<[string, string]>([
    ['a file of the contract', 'spec/paths/ping.yaml'],
    ['a new file in spec/', 'spec/components/schemas/Unused.yaml'],
    ['redocly.yaml', 'redocly.yaml'],
    ['a script', 'scripts/generate/header.ts'],
    ['the list of packages', 'package-lock.json'],
    ['what npm has installed', 'node_modules/.package-lock.json'],
    ['an output', 'generated/client.ts'],
    ['an output too many', 'generated/extra.ts'],
  ])('%s counts as a change, until it is reverted', async ([, file]) => {
    const before = project.exists(file) ? project.read(file) : undefined;
    project.write(file, `${before ?? ''}# Changed.\n`);
    expect(record.isUpToDate(target)).toBe(false);
    if (before === undefined) project.remove(file);
    else project.write(file, before);
    expect(record.isUpToDate(target)).toBe(true);
  });

  test('a run during which an input was saved is not recorded', () => {
    const file = join(project.root, 'spec/paths/ping.yaml');
    project.edit('spec/paths/ping.yaml', (text) => `${text}# Saved.\n`);
    const saved = statSync(file).ctimeMs;
    record.rememberRun(target, [file], saved);
    expect(record.isUpToDate(target)).toBe(false);
    record.rememberRun(target, [file], saved + 1);
    expect(record.isUpToDate(target)).toBe(true);
  });
});
