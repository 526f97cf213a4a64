import { describe, test } from 'vitest';
import { ProjectCopy, runNode } from '../helpers/project-copy.ts';

const contract = `openapi: 3.0.3
info: { title: Of another team, version: 1.0.0 }
paths:
  /parcels:
    get:
      operationId: list-parcels
      responses: { '200': { description: no full stop, content: { text/plain: { schema: { type: string } } } } }
`;

describe.concurrent('gen -- --spec FILE --out FOLDER', () => {
  test('takes a contract from elsewhere, does not hold it to our style, and leaves generated/ alone', async ({
    expect,
  }) => {
    using project = new ProjectCopy();
    const generated = project.snapshot('generated');
    project.write('theirs/contract.yaml', contract);
    const theirs = ['--spec', 'theirs/contract.yaml', '--out', 'theirs/client'];
    expect(await project.run('gen.ts', ...theirs)).toMatchObject({ code: 0, stderr: '' });
    expect(project.read('theirs/client/openapi.yaml')).toContain('title: Of another team\n');
    expect((await project.run('gen.ts', ...theirs, '--check')).code).toBe(0);
    expect(project.snapshot('generated')).toEqual(generated);

    project.remove('theirs/client/schema.ts');
    const { stderr } = await project.run('gen.ts', ...theirs, '--check');
    expect(stderr).toContain(
      'Run `npm run gen -- --spec theirs/contract.yaml --out theirs/client` and commit the result.',
    );
  });

  test('never replaces a folder with files that it did not write', async ({ expect }) => {
    using project = new ProjectCopy();
    project.write('contract.yaml', contract);
    const { code, stderr } = await project.run('gen.ts', '--spec', 'contract.yaml', '--out', 'spec');
    expect(stderr).toMatch(/^spec holds \S+, which gen did not write\. /);
    expect(code).toBe(1);
    expect(project.exists('spec/openapi.yaml')).toBe(true);
  });
});

describe.concurrent('a command that is called wrongly says how it is called, and exits with 2', () => {
  const usage = 'Usage: npm run gen -- [--check] [--spec FILE --out FOLDER]\n';
  test.for([
    [['--chekc'], 'There is no flag --chekc.'],
    [['--spec'], '--spec needs a value.'],
    [['--spec', '--out', 'x'], '--spec needs a value.'],
    [['--check=yes'], '--check takes no value, but got "yes".'],
    [['check'], '"check" is not expected here: every argument is a flag.'],
    [['--spec', 'x.yaml'], '--spec and --out go together: another contract needs a folder of its own.'],
  ] as const)('%s', async ([args, message], { expect }) => {
    expect(await runNode(['scripts/gen.ts', ...args])).toEqual({
      code: 2,
      stdout: '',
      stderr: `${message}\n${usage}`,
    });
  });
});
