import { expect, test } from 'vitest';
import { ProjectCopy } from '../helpers/project-copy.ts';

const markdown = `# Twice

It is is said twice, and mended.
[here](#twice-1), [there](../spec/README.md#add-an-operation), [outside](https://nectar.invalid/nowhere)
[nowhere](nowhere.md), [no heading](../spec/README.md#nowhere), \`[code](nowhere.md)\`

~~~md
[code](nowhere.md)
~~~

## Twice
`;

test('npm run lint shows the findings of every check, and fails', async () => {
  using project = new ProjectCopy({ ownScripts: true });
  project.edit('spec/openapi.yaml', (text) => text.replace('\ntags:', '\ntagz:'));
  project.edit('spec/workflows/reconnect.arazzo.yaml', (text) =>
    text.replace('stepId: find', 'stepName: find'),
  );
  // The compiler is given that one file, because the others take it seconds.
  project.edit('tsconfig.json', (text) =>
    text.replace(/"include": .*/, '"include": ["scripts/wrong-type.ts"]'),
  );
  project.write('scripts/wrong-type.ts', "export const wrong: number = 'text';\n");
  project.write('scripts/wrong-style.ts', 'export const wrong = "double";;\n');
  // In two parts, as this file is checked for such words too.
  const [given, isNo] = ['given', 'is no'];
  project.write(
    'scripts/lint/forgotten.ts',
    `// Is ${given} back.\nexport const forgotten = 'This ${isNo} message.';\n`,
  );
  project.write('.github/twice.md', markdown);
  const { code, stdout, stderr } = await project.runProcess('lint.ts');
  expect(stdout.match(/^ {2}\w+ +\d+ ms {2}.*$/gm)?.map((line) => line.replace(/ +\d+ ms/, ''))).toEqual([
    '  contract  not clean',
    '  types  not clean',
    '  style  not clean',
    '  unused  not clean',
    '  prose  not clean',
    '  words  not clean',
    '  links  not clean',
  ]);
  expect(stderr).toContain(
    "scripts/wrong-type.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.",
  );
  expect(stderr).toMatch(/^spec\/openapi\.yaml:\d+:1 error struct$/m);
  expect(stderr).toMatch(/^spec\/workflows\/reconnect\.arazzo\.yaml:\d+:\d+ error struct$/m);
  expect(stderr).toContain('scripts/wrong-style.ts format');
  expect(stderr).toMatch(/^Unused files.*\n(?:.*\n)*scripts\/lint\/forgotten\.ts/m);
  expect(stderr).toMatch(/\.github\/twice\.md:3:\d+ +Repeated word "is"/);
  expect(stderr.match(/^.*: write .*$/gm)).toEqual([
    '.github/twice.md:3: write fix instead of "mended".',
    `scripts/lint/forgotten.ts:1: write return instead of "${given} back".`,
    `scripts/lint/forgotten.ts:2: write is not a instead of "${isNo} ".`,
  ]);
  expect(stderr.match(/^\.github.*there is no .*$/gm)).toEqual([
    '.github/twice.md:5: there is no file for the link to nowhere.md.',
    '.github/twice.md:5: there is no heading for the link to ../spec/README.md#nowhere.',
  ]);
  expect(stderr).toMatch(/Not clean: contract, types, style, unused, prose, words, links\.\n$/);
  expect(code).toBe(1);
});
