import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gen } from '../../scripts/generate/command.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';

describe('gen -- --check compares generated/ with the contract', () => {
  const project = new ProjectCopy();
  beforeAll(() => project.run(gen));
  afterAll(() => project[Symbol.dispose]());

  test('it names each file that is missing, extra or different, and the command that fixes it', async () => {
    project.remove('generated/schema.ts');
    project.edit('generated/client.ts', (text) => `${text}// By hand.\n`);
    project.write('generated/runtime/extra.ts', '// Known to nobody, git included.\n');
    const before = project.snapshot('generated');

    const { code, stderr } = await project.run(gen, '--check');
    expect(stderr).toBe(`generated/ does not match the contract:
  different generated/client.ts
  extra     generated/runtime/extra.ts
  missing   generated/schema.ts
Run \`npm run gen\` and commit the result.
`);
    expect(code).toBe(1);
    expect(project.snapshot('generated')).toEqual(before);
  });

  test('it passes after that command, which says what it has changed', async () => {
    const { stdout } = await project.run(gen);
    expect(stdout).toContain('  changed generated/client.ts\n');
    expect(stdout).toContain('  removed generated/runtime/extra.ts\n');
    expect(stdout).toContain('  added   generated/schema.ts\n');

    const check = await project.run(gen, '--check');
    expect(check.stdout).toMatch(/^All \d+ files in generated\/ match the contract\.\n$/);
    expect(check.code).toBe(0);
  });

  test('it sees that the contract has changed since', async () => {
    project.edit('spec/openapi.yaml', (text) => text.replace(/^ {2}version: .*$/m, '  version: 99.0.0'));
    const { code, stderr } = await project.run(gen, '--check');
    expect(stderr).toContain('different generated/openapi.yaml\n');
    expect(code).toBe(1);
  });
});
