import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseYaml } from '@redocly/openapi-core';
import { build } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emitClient } from '../../scripts/generate/client/emit.ts';

const root = join(import.meta.dirname, '../..');
const lists = ['listConnections', 'listInvitations'];
const others = [
  'createReconnectInvitation',
  'createConnectionInvitation',
  'getConnection',
  'getInvitation',
  'revokeInvitation',
  'ping',
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-'));
  cpSync(join(root, 'scripts/runtime'), join(folder, 'runtime'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a page loads for a call of the first of these operations: bytes of gzip, each chunk that comes at once. */
async function bytesFor(operations: string[]): Promise<number> {
  const contract = parseYaml(readFileSync(join(root, 'generated/openapi.yaml'), 'utf8')) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  for (const item of Object.values(contract.paths))
    for (const [method, { operationId }] of Object.entries(item))
      if (operationId && !operations.includes(operationId)) delete item[method];
  writeFileSync(join(folder, 'client.ts'), emitClient(contract).text);
  writeFileSync(
    join(folder, 'page.ts'),
    `import { createClient } from './client.ts';\ncreateClient().${operations[0]}('');\n`,
  );
  const { outputFiles, metafile } = await build({
    entryPoints: [join(folder, 'page.ts')],
    absWorkingDir: folder,
    nodePaths: [join(root, 'node_modules')],
    outdir: 'out',
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    metafile: true,
    write: false,
  });
  const first = new Set(['out/page.js']);
  for (const chunk of first)
    for (const { path, kind } of metafile.outputs[chunk]?.imports ?? [])
      if (kind === 'import-statement') first.add(path);
  const names = [...first].map((path) => basename(path));
  return outputFiles
    .filter(({ path }) => names.includes(basename(path)))
    .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
}

test('One call costs few bytes, and each further operation a handful', async () => {
  const [first = ''] = others;
  const one = await bytesFor([first]);
  const each = ((await bytesFor(others)) - one) / (others.length - 1);
  const all = await bytesFor([...others, ...lists]);
  expect(one).toBeLessThanOrEqual(4800);
  expect(each).toBeLessThanOrEqual(30);
  expect(all).toBeLessThanOrEqual(5100);
});

/** The platform's types are the same for each program. */
const sources = new Map<string, ts.SourceFile | undefined>();

/** Types that the compiler makes in checking this text, beside the client. */
function instantiationsOf(text: string): number {
  const path = join(root, 'test/client/cost.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const file = `import { createClient } from '../../generated/client.ts';\nconst client = createClient();\n${text}`;
  host.fileExists = (name) => name === path || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    if (name === path) return ts.createSourceFile(name, file, rest[0]);
    if (!sources.has(name)) sources.set(name, getSourceFile(name, ...rest));
    return sources.get(name);
  };
  const program = ts.createProgram([path], options, host);
  const source = program.getSourceFile(path);
  expect(program.getSemanticDiagnostics(source).map(({ messageText }) => messageText)).toEqual([]);
  return (program as ts.Program & { getInstantiationCount(): number }).getInstantiationCount();
}

test('The types of a call cost next to nothing', () => {
  const base = instantiationsOf('client;');
  const call = "const { invitationUrl } = await client.createReconnectInvitation('', { maxUses: 1 });";
  const cost = instantiationsOf(call) - base;
  expect(cost).toBeLessThanOrEqual(10);
  // The counting is worth something: what is computed is counted.
  expect(instantiationsOf("client.raw.GET('/ping');") - base).toBeGreaterThan(100);
});
