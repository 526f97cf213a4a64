import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operationsIn } from '../../scripts/docs/operations.ts';
import { loadContract } from '../contract/contract.ts';
import { compile } from '../generator/compile.ts';
import { generateHere } from '../generator/features.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-fetch-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether two types are the very same. */
const equality = `type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(..._: Same<A, B> extends true ? [] : [found: A, wanted: B]): void;`;

beforeAll(async () => {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  cpSync(join(root, 'generated'), join(folder, 'nectar'), { recursive: true });
  const { files } = await generateHere(join(import.meta.dirname, 'fetch-types.yaml'));
  cpSync(join(root, 'scripts/runtime'), join(folder, 'depot/runtime'), { recursive: true });
  for (const [name, text] of files)
    if (!name.startsWith('runtime/')) writeFileSync(join(folder, 'depot', name), text);
});

/** What the compiler has to say of this text, with the client of one of the contracts as `api`. */
function compileWith(contract: 'nectar' | 'depot', text: string): string[] {
  const file = join(folder, `${contract}.ts`);
  const names = `, type OpenApiFetchClient${contract === 'nectar' ? ', type operations' : ''}`;
  writeFileSync(
    file,
    `import { createFetchClient, HttpError, isApiClientError${names} } from './${contract}/index.ts';
${equality}
export const api = createFetchClient();
${text}`,
  );
  return compile([file]);
}

const contract = await loadContract();
const operations = operationsIn(contract).filter(({ isWebhook }) => !isWebhook);

/** Statements on an operation: its request and its response have the types of the contract, and no others. */
function claimsOn({ operation, method, path, parameters, described }: (typeof operations)[number]): string {
  const { operationId: id } = operation;
  const { body: requestBody, responses } = described;
  const names = parameters.filter((each) => each.in === 'path').map((each) => each.name);
  const pathOf = (...all: string[]) => `path: { ${all.map((name) => `${name}: ''`).join(', ')} }`;
  const params = names.length > 0 ? `params: { ${pathOf(...names)} }` : '';
  const required = requestBody?.required === true;
  const body = required ? `body: {} as ${bodyType(id)}` : '';
  const init = [params, body].filter(Boolean).join(', ');
  const call = (options: string) => `api.${method}('${path}', { ${options} });`;
  const bodies = (pattern: RegExp) =>
    [...responses]
      .filter(([status]) => pattern.test(status))
      .map(([status, response]) =>
        response.content
          ? `operations['${id}']['responses'][${status}]['content']['application/json']`
          : 'never',
      )
      .join(' | ');
  const refused: [string, string][] = [
    ['the path', `api.${method}('${path}/x'${init && `, { ${init} }`});`],
    ['an option', call(`${init}${init && ', '}timeOut: 1`)],
    [
      'a query',
      call(
        `params: { ${names.length > 0 ? `${pathOf(...names)}, ` : ''}query: { nothing: 1 } }${body && `, ${body}`}`,
      ),
    ],
    ['the way to parse', call(`${init}${init && ', '}parseAs: 'xml'`)],
  ];
  if (names.length > 0)
    refused.push(
      ['no parameters', `api.${method}('${path}'${body && `, { ${body} }`});`],
      [
        'the name of one',
        call(`params: { ${pathOf(...names.map((name: string) => `${name}s`))} }${body && `, ${body}`}`),
      ],
    );
  if (required) refused.push(['no body', call(params)]);
  refused.push([
    requestBody ? 'a field of the body' : 'a body',
    call([params, requestBody ? 'body: { nothing: 1 }' : 'body: {}'].filter(Boolean).join(', ')),
  ]);
  return `export async function ${id}() {
  const { data, error } = await api.${method}('${path}'${init && `, { ${init} }`});
  same<typeof data, ${bodies(/^2/)} | undefined>();
  same<typeof error, ${bodies(/^[45]/)} | HttpError | undefined>();
  if (error instanceof HttpError) console.log(error.status);
  else if (error) console.log(error.detail.length);
  else same<typeof data, ${bodies(/^2/)}>();
  const text = await api.${method}('${path}', { ${[init, "parseAs: 'text'"].filter(Boolean).join(', ')} });
  same<typeof text.data, string | undefined>();
${requestBody ? `  api.${method}('${path}', { ${[params, `body: {} as ${bodyType(id)}`].filter(Boolean).join(', ')} });\n` : ''}${refused.map(([what, wrong]) => `  // @ts-expect-error: ${what}\n  ${wrong}\n`).join('')}}`;
}

function bodyType(id: string): string {
  return `NonNullable<operations['${id}']['requestBody']>['content']['application/json']`;
}

test('every operation takes and returns what the contract says, and refuses everything else', () => {
  expect(operations.length).toBeGreaterThan(7);
  expect(compileWith('nectar', operations.map(claimsOn).join('\n'))).toEqual([]);
});

const params = "params: { path: { connection_id: '' } }";

test('an open enum is a string, in the client and in the types of openapi-fetch', () => {
  const read = (client: string) => `async function read_${client}() {
  const { data } = await ${client}.GET('/connection/{connection_id}/details', { ${params} });
  const status: string | undefined = data?.status;
  return [status, data?.status.toLowerCase(), data?.status === 'CONNECTED', data?.status === 'added later'];
}
console.log(read_${client});`;
  const hooks = 'export const hooks = api as OpenApiFetchClient;';
  expect(compileWith('nectar', [hooks, read('api'), read('hooks')].join('\n'))).toEqual([]);
});

test('the types of openapi-fetch have the errors in application/problem+json', () => {
  const text = `export async function read() {
  const { data, error } = await (api as OpenApiFetchClient).GET('/parcels', { params: { header: { 'X-Tenant': '' } } });
  const title: string | undefined = isApiClientError(error) ? error.message : error?.title;
  // @ts-expect-error: a list of parcels has no such field.
  data?.title;
  return title;
}`;
  expect(compileWith('depot', text)).toEqual([]);
});

test('an editor suggests the known values of an open enum', () => {
  const text = `const { data } = await api.GET('/connection/{connection_id}/details', { ${params} });
console.log(data?.status === '');`;
  expect(compileWith('nectar', text)).toEqual([]);
  const file = join(folder, 'nectar.ts');
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) =>
      ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(name) ?? '') : undefined,
    getCurrentDirectory: () => folder,
    getCompilationSettings: () => ({
      strict: true,
      module: ts.ModuleKind.Preserve,
      allowImportingTsExtensions: true,
      noEmit: true,
      types: [],
    }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
  });
  const place = (ts.sys.readFile(file) ?? '').indexOf("=== ''") + "=== '".length;
  const entries = service.getCompletionsAtPosition(file, place, {})?.entries.map(({ name }) => name);
  service.dispose();
  expect(entries).toContain('PASSWORD_INCORRECT');
});

test('a request has the parameters and the body of its operation', () => {
  const text = `
api.GET('/parcels', { params: { header: { 'X-Tenant': 'a' } } });
api.GET('/parcels', { params: { header: { 'X-Tenant': 'a', 'If-None-Match': 'e' }, query: { limit: 1 } }, timeout: 1 });
// @ts-expect-error: a header parameter is missing.
api.GET('/parcels');
// @ts-expect-error: and here.
api.GET('/parcels', { params: { query: { limit: 1 } } });
// @ts-expect-error: it is a string.
api.GET('/parcels', { params: { header: { 'X-Tenant': 1 } } });
api.PATCH('/parcels/{id}', { params: { path: { id: 1 } } });
api.PATCH('/parcels/{id}', { params: { path: { id: 1 } }, body: { note: null } });
// @ts-expect-error: the id is a number.
api.PATCH('/parcels/{id}', { params: { path: { id: '1' } } });
// @ts-expect-error: no PATCH without an id.
api.PATCH('/parcels/{id}');
// @ts-expect-error: DELETE has no body here.
api.DELETE('/parcels/{id}', { params: { path: { id: 1 } }, body: {} });
// @ts-expect-error: there is no PUT here.
api.PUT('/parcels/{id}', { params: { path: { id: 1 } } });
// @ts-expect-error: the query is required.
api.POST('/parcels/{id}/label', { params: { path: { id: 1 } }, body: { title: 'a' } });
const photo = { params: { path: { id: 1 }, query: { size: 'A4' } } } as const;
api.POST('/parcels/{id}/label', { ...photo, body: { title: 'a', photo: new Blob() } });
api.POST('/parcels/{id}/label', { ...photo, body: new FormData(), bodySerializer: (form) => form });
api.GET('/lines');
// @ts-expect-error: fetch sends no body with a GET.
api.GET('/lines', { body: {} });
api.POST('/lines', { body: [{ count: 1 }] });
api.POST('/lines', { body: '{"count":1}' });
// @ts-expect-error: one line is not a list.
api.POST('/lines', { body: { count: 1 } });
api.PUT('/lines', { body: '<a/>' });
// @ts-expect-error: XML is text.
api.PUT('/lines', { body: { a: 1 } });
api.PATCH('/lines', { body: new URLSearchParams() });
api.PATCH('/lines', { body: { title: 'a' } });
// @ts-expect-error: the body is required.
api.POST('/parcels/{id}/label', photo);
api.request('delete', '/parcels/{id}', { params: { path: { id: 1 } } });
// @ts-expect-error: request() has the same types.
api.request('delete', '/parcels');`;
  expect(compileWith('depot', text)).toEqual([]);
});

test('a response has the data and the errors of its statuses', () => {
  const text = `
type Problem = { title: string };
export async function read() {
  const list = await api.GET('/parcels', { params: { header: { 'X-Tenant': 'a' } } });
  same<typeof list.error, Problem | HttpError | undefined>();
  const weight: number | null | undefined = list.data?.[0]?.weight;
  const state: string | undefined = list.data?.[0]?.state;
  const made = await api.POST('/parcels', { body: {} as never });
  same<typeof made.error, string | { existing: string } | HttpError | undefined>();
  const changed = await api.PATCH('/parcels/{id}', { params: { path: { id: 1 } } });
  // 202 has no body, so that data can be undefined without an error.
  if (!changed.error) same<undefined extends typeof changed.data ? true : false, true>();
  const gone = await api.DELETE('/parcels/{id}', { params: { path: { id: 1 } } });
  same<typeof gone.data, undefined>();
  same<typeof gone.error, Problem | HttpError | undefined>();
  const status = await api.GET('/status');
  same<typeof status.data, { up: boolean } | undefined>();
  const count = await api.HEAD('/parcels');
  same<typeof count.data, undefined>();
  same<typeof count.error, HttpError | undefined>();
  const moved = await api.GET('/parcels/{id}/photo', { params: { path: { id: 1 } } });
  same<typeof moved.data, string | undefined>();
  return [weight, state];
}`;
  expect(compileWith('depot', text)).toEqual([]);
});

test('parseAs decides the type of the data, and what is not JSON is not read as JSON', () => {
  const text = `
const id = { params: { path: { id: 1 }, query: { size: 'A4' } } } as const;
export async function read() {
  const blob = await api.GET('/parcels/{id}/label', { ...id, parseAs: 'blob' });
  same<typeof blob.data, Blob | undefined>();
  const stream = await api.GET('/parcels/{id}/label', { ...id, parseAs: 'stream' });
  same<typeof stream.data, ReadableStream<Uint8Array> | undefined>();
  const bytes = await api.GET('/parcels/{id}/label', { ...id, parseAs: 'arrayBuffer' });
  same<typeof bytes.data, ArrayBuffer | undefined>();
  same<typeof bytes.error, string | HttpError | undefined>();
  // @ts-expect-error: a PDF is not JSON.
  api.GET('/parcels/{id}/label', id);
  // @ts-expect-error: however it is put.
  api.GET('/parcels/{id}/label', { ...id, parseAs: 'json' });
  // JSON is what is read where there are several media types.
  const done = await api.POST('/parcels/{id}/label', { ...id, body: { title: 'a' } });
  same<undefined extends typeof done.error ? true : false, true>();
  // What has no body has none, however it is read.
  const gone = await api.DELETE('/parcels/{id}', { params: { path: { id: 1 } }, parseAs: 'text' });
  same<typeof gone.data, undefined>();
}`;
  expect(compileWith('depot', text)).toEqual([]);
});
