import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProjectCopy } from '../helpers/project-copy.ts';

describe('gen does its work only when there is some', () => {
  const project = new ProjectCopy();
  let generated: Map<string, string>;

  beforeAll(async () => {
    await project.run('gen.ts');
    generated = project.snapshot('generated');
  });
  afterAll(() => project[Symbol.dispose]());

  test('a second run says that nothing has changed, and leaves the files alone', async () => {
    const written = project.modified('generated/client.ts');
    expect(await project.run('gen.ts')).toEqual({
      code: 0,
      stdout: 'Nothing has changed since the last run: generated/ is up to date.\n',
      stderr: '',
    });
    expect(project.modified('generated/client.ts')).toBe(written);
  });

  test.for<[string, () => void]>([
    ['a file of the contract', () => project.edit('spec/openapi.yaml', (text) => `${text}# Changed.\n`)],
    ['a new file in spec/', () => project.write('spec/components/schemas/Unused.yaml', 'type: string\n')],
    ['redocly.yaml', () => project.edit('redocly.yaml', (text) => `${text}# Changed.\n`)],
    ['a script', () => project.edit('scripts/generate/header.ts', (text) => `${text}// Changed.\n`)],
    ['the installed packages', () => project.edit('package-lock.json', (text) => `${text}\n`)],
    ['an output', () => project.edit('generated/client.ts', (text) => `${text}// By hand.\n`)],
    ['an output too many', () => project.write('generated/extra.ts', '')],
  ])('%s makes it run again', async ([, change]) => {
    change();
    const { code, stdout } = await project.run('gen.ts');
    expect(stdout).toMatch(/^ {2}lint +\d+ ms$/m);
    expect(code).toBe(0);
    expect(project.snapshot('generated')).toEqual(generated);
  });
});
