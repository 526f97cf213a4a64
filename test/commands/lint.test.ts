import { expect, test } from 'vitest';
import { ProjectCopy } from '../helpers/project-copy.ts';

test('npm run lint shows the findings of every check, and fails', async () => {
  using project = new ProjectCopy();
  project.edit('spec/openapi.yaml', (text) => text.replace('\ntags:', '\ntagz:'));
  project.edit('spec/workflows/reconnect.arazzo.yaml', (text) =>
    text.replace('stepId: find', 'stepName: find'),
  );
  project.write('scripts/wrong-type.ts', "export const wrong: number = 'text';\n");
  project.write('scripts/wrong-style.ts', 'export const wrong = "double";;\n');
  const { code, stdout, stderr } = await project.run('lint.ts');
  expect(stdout.match(/^ {2}\w+ +\d+ ms {2}.*$/gm)?.map((line) => line.replace(/ +\d+ ms/, ''))).toEqual([
    '  types  not clean',
    '  contract  not clean',
    '  style  not clean',
  ]);
  expect(stderr).toContain(
    "scripts/wrong-type.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.",
  );
  expect(stderr).toMatch(/^spec\/openapi\.yaml:\d+:1 error struct$/m);
  expect(stderr).toMatch(/^spec\/workflows\/reconnect\.arazzo\.yaml:\d+:\d+ error struct$/m);
  expect(stderr).toContain('scripts/wrong-style.ts format');
  expect(stderr).toMatch(/Not clean: types, contract, style\.\n$/);
  expect(code).toBe(1);
});
