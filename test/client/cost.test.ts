import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emitClients } from '../../scripts/generate/client/emit.ts';
import type { Files } from '../../scripts/output/files.ts';
import { type Bundle, bundleCall } from '../bench/bundle.ts';
import { packedOnce } from '../package/packed.ts';

const root = join(import.meta.dirname, '../..');

/** Programs of one call. Nothing else of the package is imported. */
const programs = {
  methods: `import { createClient } from 'nectar-openapi';
console.log(await createClient().createReconnectInvitation('', { maxUses: 1 }));`,
  fetchClient: `import { createFetchClient } from 'nectar-openapi';
console.log(await createFetchClient().POST('/invitation/connection/{connection_id}', { params: { path: { connection_id: '' } }, body: { maxUses: 1 } }));`,
};

const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-cost-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(place: string, files: Files): void {
  for (const [name, text] of files) {
    const file = join(folder, place, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

describe('a program with one call, bundled with the published package', () => {
  let methods: Bundle;
  let fetchClient: Bundle;
  beforeAll(async () => {
    const { folder: packed } = await packedOnce();
    cpSync(packed, join(folder, 'node_modules/nectar-openapi'), { recursive: true });
    methods = await bundleCall(programs.methods, folder);
    fetchClient = await bundleCall(programs.fetchClient, folder);
  });

  test('loads few bytes', () => {
    expect(methods.bytes).toBeLessThanOrEqual(11_100);
    expect(fetchClient.bytes).toBeLessThanOrEqual(13_900);
  });

  test('loads only one of the clients', () => {
    expect(methods.modules).toContainEqual(expect.stringMatching(/runtime\/method-client\.js$/));
    expect(methods.modules.join('\n')).not.toMatch(/openapi-fetch|fetch-client|values/);
    expect(fetchClient.modules).toContainEqual(expect.stringMatching(/openapi-fetch\/dist\//));
    expect(fetchClient.modules.join('\n')).not.toMatch(/method-client|generated\/client\.js|list-call/);
  });
});

test('the values of a list cost only who imports them', async () => {
  const program = "import { utilityTypeValues } from 'nectar-openapi'; console.log(utilityTypeValues);";
  const { bytes, modules } = await bundleCall(program, folder);
  expect(modules).toContainEqual(expect.stringMatching(/generated\/values\.js$/));
  expect(bytes).toBeLessThan(250);
});

/** A contract of many operations that look alike. */
function contractOf(operations: number): object {
  const json = { content: { 'application/json': { schema: { type: 'object' } } } };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
  const page = { name: 'page', in: 'query', schema: { type: 'integer' } };
  const paths = Array.from({ length: operations }, (_, index) => {
    const put = {
      operationId: `put${index}`,
      parameters: [id, page],
      requestBody: json,
      responses: { 200: json },
    };
    return [`/resources-${index}/{id}`, { put }];
  });
  return { openapi: '3.1.1', info: { title: 'Many', version: '1' }, paths: Object.fromEntries(paths) };
}

test('the fetch client costs the same for 8 operations and for 1,200; the method client does not', async () => {
  const bytesOf = async (operations: number, program: string) => {
    const place = `client-${operations}`;
    write(place, emitClients(contractOf(operations)).files);
    cpSync(join(root, 'scripts/runtime'), join(folder, place, 'runtime'), { recursive: true });
    return (await bundleCall(program, join(folder, place))).bytes;
  };
  const call = `import { createFetchClient } from './index.ts';
console.log(await createFetchClient().PUT('/resources-7/{id}', { params: { path: { id: '' } }, body: {} }));`;
  const large = await bytesOf(1200, call);
  expect(large - (await bytesOf(8, call))).toBeLessThanOrEqual(100);
  const method = `import { createClient } from './index.ts';
console.log(await createClient().put7('', {}));`;
  expect(await bytesOf(1200, method)).toBeGreaterThan(large);
});

/** The platform's types are the same for each program. */
const sources = new Map<string, ts.SourceFile | undefined>();

/** Types that the compiler instantiates to check this text, beside the clients. */
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
  const file = `import { createClient, createFetchClient } from '../../generated/index.ts';
const client = createClient();
const api = createFetchClient();
${text}`;
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

test('the types of a method call cost next to nothing, those of the fetch client a third of those of openapi-fetch', () => {
  const base = instantiationsOf('client; api;');
  const method = "const { invitationUrl } = await client.createReconnectInvitation('', { maxUses: 1 });";
  expect(instantiationsOf(method) - base).toBeLessThanOrEqual(10);
  const call = `const { data } = await api.POST('/invitation/connection/{connection_id}', {
    params: { path: { connection_id: '' } },
    body: { maxUses: 1 },
  });
  data?.invitationUrl;`;
  // The counting is worth something: what is computed is counted.
  expect(instantiationsOf(call) - base).toBeGreaterThan(100);
  expect(instantiationsOf(call) - base).toBeLessThanOrEqual(2500);
});
