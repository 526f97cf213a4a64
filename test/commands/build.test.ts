import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProjectCopy, runNode } from '../helpers/project-copy.ts';

describe('npm run build', () => {
  const project = new ProjectCopy();
  beforeAll(() => project.run('gen.ts'));
  afterAll(() => project[Symbol.dispose]());

  test('makes a package that can be imported by its name', async () => {
    expect(await project.run('build.ts')).toMatchObject({ code: 0, stderr: '' });

    const consumer = `
      import { createClient } from 'nectar-openapi';
      import { unwrap } from 'nectar-openapi/webhooks';
      console.log(typeof createClient, typeof unwrap);`;
    expect(await runNode(['--input-type=module', '--eval', consumer], project.root)).toEqual({
      code: 0,
      stdout: 'function function\n',
      stderr: '',
    });
    expect(project.read('dist/esm/client.d.ts')).toContain("from './schema.ts'");
    expect(JSON.parse(project.read('dist/esm/client.js.map')).sources).toEqual(['../../generated/client.ts']);
    expect(project.read('dist/esm/openapi.yaml')).toBe(project.read('generated/openapi.yaml'));
  });

  test('refuses a generated/ that does not fit the contract', async () => {
    const before = project.snapshot('dist');
    project.edit('generated/client.ts', (text) => `${text}// By hand.\n`);
    const { code, stderr } = await project.run('build.ts');
    expect(stderr).toContain('different generated/client.ts\nRun `npm run gen`');
    expect(code).toBe(1);
    expect(project.snapshot('dist')).toEqual(before);
  });
});
