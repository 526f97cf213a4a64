import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const generated = join(import.meta.dirname, '../../generated');

const calls = {
  createClient: "createClient().createReconnectInvitation('', {});",
  createFetchClient:
    "createFetchClient().POST('/invitation/connection/{connection_id}', { params: { path: { connection_id: '' } }, body: {} });",
};

/** A program of one call, as a bundler writes it: one file, minified. */
async function bundle(create: keyof typeof calls): Promise<string> {
  const contents = `import { ${create} } from './index.ts';\n${calls[create]}\n`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: generated },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

describe('A program of one call', () => {
  test.each([
    ['createClient', 9000, 'createFetchClient'],
    ['createFetchClient', 10_900, 'listConnections'],
  ] as const)('with %s has few bytes after gzip, and nothing of the other client', async (create, most, other) => {
    const text = await bundle(create);
    expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(most);
    expect(text).not.toContain(other);
  });
});

/** The platform's types are the same for each program. */
const sources = new Map<string, ts.SourceFile | undefined>();

/** Types that the compiler makes in checking this text, beside the clients. */
function instantiationsOf(text: string): number {
  const path = join(import.meta.dirname, 'cost.ts');
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
  const file = [
    "import { createClient, createFetchClient } from '../../generated/index.ts';",
    'const client = createClient();',
    'const api = createFetchClient();',
    text,
  ].join('\n');
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

test('The types of a method call cost next to nothing', () => {
  const base = instantiationsOf('client; api;');
  const call = "const { invitationUrl } = await client.createReconnectInvitation('', { maxUses: 1 });";
  expect(instantiationsOf(call) - base).toBeLessThanOrEqual(10);
  // The counting is worth something: what is computed is counted.
  expect(instantiationsOf("const { data } = await api.GET('/ping');") - base).toBeGreaterThan(100);
});
