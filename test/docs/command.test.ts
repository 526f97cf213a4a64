import { afterAll, describe, expect, test } from 'vitest';
import { docs } from '../../scripts/docs/command.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';

describe('npm run docs', () => {
  const project = new ProjectCopy();
  afterAll(() => project[Symbol.dispose]());

  test('refuses a contract with findings, and does not change the docs', async () => {
    project.write('dist/docs/index.html', 'as before');
    project.edit('spec/paths/ping.yaml', (text) =>
      text.replace('operationId: ping', 'operationId: getConnection'),
    );
    const { code, stderr } = await project.run(docs);
    expect(stderr).toContain('spec/openapi.yaml has ');
    expect(stderr).toContain('the docs were not built.');
    expect(code).toBe(1);
    expect(project.snapshot('dist/docs')).toEqual(new Map([['index.html', 'as before']]));
  });

  test('has no flags', async () => {
    expect(await project.run(docs, '--open')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'There is no flag --open.\nUsage: npm run docs -- [NAME...]\n',
    });
  });
});
