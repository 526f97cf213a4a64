import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, expect, it } from 'vitest';
import { runNode } from '../helpers/project-copy.ts';
import { useMock } from '../round-trip/mock.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const snippets = Array.from(readme.matchAll(/```ts\n([\s\S]*?)```/g), ([, code = '']) => code);

const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

const mock = useMock();

it('the README shows code', () => {
  expect(snippets.length).toBeGreaterThan(4);
});

const files = snippets.map((code, index) => ({ code, file: join(folder, `snippet-${index + 1}.mts`) }));

it('the code of the README compiles', () => {
  for (const { code, file } of files) writeFileSync(file, code);
  const configFile = join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root, undefined, configFile);
  const names = files.map(({ file }) => file);
  const findings = ts.getPreEmitDiagnostics(ts.createProgram(names, options)).map(({ file, messageText }) => {
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
  expect(findings).toEqual([]);
});

it.each(files)('snippet %# of the README runs against the mock and prints what it says', async ({
  code,
  file,
}) => {
  const generated = new URL('../../generated/', import.meta.url);
  const local = code
    .replaceAll('http://127.0.0.1:4010', mock.url)
    .replaceAll("'nectar-openapi'", `'${generated}client.ts'`)
    .replaceAll("'nectar-openapi/webhooks'", `'${generated}webhooks.ts'`);
  writeFileSync(file, local);
  const { code: exitCode, stdout, stderr } = await runNode([file]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/\S/);
  expect(stdout).not.toMatch(/undefined/);
});

it('every command of the table exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const named = Array.from(readme.matchAll(/`npm (?:run )?(\w[\w:]*)/g), ([, name]) => name);
  const known = [...Object.keys(scripts), 'ci', 'pack', 'install'];
  expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
});
