import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Target } from '../../scripts/generate/target.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';

describe('gen only works if something has changed', () => {
  const project = new ProjectCopy();
  let generated: Map<string, string>;

  // From the point of view of the copy.
  let isUpToDate: typeof import('../../scripts/generate/run-record.ts').isUpToDate;
  let target: Target;
  beforeAll(async () => {
    await project.run('gen.ts');
    generated = project.snapshot('generated');
    ({ isUpToDate } = await import(join(project.root, 'scripts/generate/run-record.ts')));
    ({ projectTarget: target } = await import(join(project.root, 'scripts/generate/target.ts')));
  });
  afterAll(() => project[Symbol.dispose]());

  test('a second run says that nothing has changed, and does not write files', async () => {
    const written = project.modified('generated/client.ts');
    expect(await project.run('gen.ts')).toEqual({
      code: 0,
      stdout: 'Nothing has changed since the last run: generated/ is up to date.\n',
      stderr: '',
    });
    expect(project.modified('generated/client.ts')).toBe(written);
  });

  test('a change of the contract makes it run again', async () => {
    project.edit('spec/openapi.yaml', (text) => `${text}# Changed.\n`);
    const { code, stdout } = await project.run('gen.ts');
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
    ['an output', 'generated/client.ts'],
    ['an output too many', 'generated/extra.ts'],
  ])('%s counts as a change, until it is reverted', async ([, file]) => {
    const before = project.exists(file) ? project.read(file) : undefined;
    project.write(file, `${before ?? ''}# Changed.\n`);
    expect(isUpToDate(target)).toBe(false);
    if (before === undefined) project.remove(file);
    else project.write(file, before);
    expect(isUpToDate(target)).toBe(true);
  });

  test('the cache contains no absolute paths, so that the project can be moved', () => {
    const packed = [...project.snapshot('node_modules/.cache/nectar-openapi/packed').values()].join('\n');
    expect(packed).toMatch(/require\("[^"]*typescript\.js"\)/);
    // Four levels up is node_modules; what is above depends on where the project lies.
    expect(packed).not.toMatch(/require\("(?:\/|[A-Z]:|(?:\.\.\/){5})/);
  });
});
