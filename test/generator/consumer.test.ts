import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConsumer } from '../../scripts/generate/consumer.ts';
import { missingPackages, withExtension, withoutUnusedImports } from '../../scripts/generate/imports.ts';

const root = mkdtempSync(join(tmpdir(), 'nectar-openapi-consumer-'));
afterAll(() => rmSync(root, { recursive: true }));

/** What gen learns from a project with these files, for the folder `src/api` in it. */
function read(name: string, files: Record<string, object>) {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name, file)), { recursive: true });
    writeFileSync(join(root, name, file), JSON.stringify(content));
  }
  const { extension, needs } = readConsumer(join(root, name, 'src/api'));
  return [extension, ...needs];
}

/** A tsconfig.json with these options. */
function config(compilerOptions: object, others: object = {}): Record<string, object> {
  return { 'tsconfig.json': { compilerOptions, ...others } };
}

const modules = { 'package.json': { type: 'module' } };
const recent = { target: 'ES2022' };

describe('imports end as the tsconfig.json of the project wants it', () => {
  test.for<[string, Record<string, object>, string[]]>([
    ['without one', {}, ['ts']],
    ['with .ts allowed', config({ ...recent, module: 'NodeNext', allowImportingTsExtensions: true }), ['ts']],
    [
      'with .ts rewritten',
      config({ ...recent, module: 'NodeNext', rewriteRelativeImportExtensions: true }),
      ['ts'],
    ],
    ['of Node', config({ ...recent, module: 'Node16' }), ['js']],
    ['of a bundler', config({ ...recent, module: 'ESNext', moduleResolution: 'bundler' }), ['none']],
    ['of CommonJS', config({ ...recent, module: 'CommonJS' }), ['none']],
    [
      'that extends another',
      {
        ...config({}, { extends: './base.json' }),
        'base.json': { compilerOptions: { ...recent, module: 'NodeNext' } },
      },
      ['js'],
    ],
    [
      'that refers to one that includes the folder',
      {
        'tsconfig.json': {
          files: [],
          references: [{ path: './tsconfig.node.json' }, { path: './tsconfig.app.json' }],
        },
        'tsconfig.node.json': {
          compilerOptions: { ...recent, module: 'NodeNext' },
          include: ['vite.config.ts', 'tools'],
        },
        'tsconfig.app.json': {
          compilerOptions: { ...recent, module: 'ESNext', moduleResolution: 'bundler' },
          include: ['src'],
        },
      },
      ['none'],
    ],
    [
      'that refers to itself',
      {
        'tsconfig.json': { files: [], references: [{ path: '.' }, { path: './other' }] },
        'other/tsconfig.json': { files: [], references: [{ path: '..' }] },
      },
      ['none', '"ES2022" in "lib" of its tsconfig.json'],
    ],
    [
      'that is too old',
      config({ target: 'ES2017', module: 'NodeNext', lib: ['ES2017'] }),
      ['js', '"ES2022", "DOM", "DOM.Iterable" in "lib" of its tsconfig.json'],
    ],
    [
      'that wants ES modules and has none',
      config({ ...recent, module: 'NodeNext', verbatimModuleSyntax: true }),
      ['js', '"type": "module" in its package.json'],
    ],
    [
      'that has them',
      { ...config({ ...recent, module: 'NodeNext', verbatimModuleSyntax: true }), ...modules },
      ['js'],
    ],
  ])('%s', ([name, files, expected]) => {
    expect(read(name, files)).toEqual(expected);
  });
});

test('the files that decide are known, also those that are missing', () => {
  const { sources } = readConsumer(join(root, 'of Node/src/api'));
  expect(sources).toEqual(
    expect.arrayContaining([
      join(root, 'of Node/src/api/tsconfig.json'),
      join(root, 'of Node/tsconfig.json'),
    ]),
  );
});

test('only the imports change, and only those of files', () => {
  const text = `import { a } from './a.ts';
import {
  b,
} from '../b.ts';
export type * from './c.ts';
/** import { d } from './d.ts' */
const e = await import('./e.ts');
import f from 'f.ts';
`;
  const written = (extension: 'js' | 'none') =>
    withExtension(new Map([['x.ts', text]]), extension).get('x.ts');
  expect(written('js')).toBe(text.replaceAll(/'(\.\.?\/[abce])\.ts'/g, "'$1.js'"));
  expect(written('none')).toBe(text.replaceAll(/'(\.\.?\/[abce])\.ts'/g, "'$1'"));
});

test('an import that only a comment, a text or an export names is removed', () => {
  const text = `import { a, type B, c } from './a.ts';
import type { D } from './d.ts';

export { type D } from './d.ts';
/** Calls a. */
export const e = (b: B) => 'c';
`;
  expect(withoutUnusedImports(text)).toBe(
    text.replace(/^import .*\nimport .*\n/, "import type { B } from './a.ts';\n"),
  );
});

test('a package that is not installed is named with the version that was tested', () => {
  const files = new Map([['a.ts', "import createClient from 'openapi-fetch';\n"]]);
  expect(missingPackages(root, files)).toEqual([
    expect.stringMatching(/^`npm install openapi-fetch@\d+\.\d+\.\d+`$/),
  ]);
  expect(missingPackages(import.meta.dirname, files)).toEqual([]);
});
