import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { compile } from '../generator/compile.ts';
import { useBrowser } from '../helpers/shared.ts';
import { snippetsIn } from '../helpers/snippets.ts';
import { useMock } from '../round-trip/mock.ts';
import { type Handler, openProgram, waitForText } from './page.ts';

const chapter = readFileSync(join(toolchainRoot, 'spec/guide/14-react.md'), 'utf8');
const [plain = '', query = '', pages = '', swr = ''] = snippetsIn(chapter, 'tsx', '14-react.md').map(
  ({ code }) => code,
);

const mock = useMock();
const browser = useBrowser();

/** The route of one's own server that the chapter speaks of: it adds the key, and leaves the rest as it is. */
const forward: Handler = async (request, response) => {
  const { method = 'GET', url = '' } = request;
  const body = method === 'GET' ? null : Buffer.concat(await request.toArray());
  const headers = { 'content-type': 'application/json', 'x-api-key': 'the-real-key' };
  const forwarded = await fetch(`${mock.url}${url}`, { method, body, headers });
  const type = forwarded.headers.get('content-type') ?? '';
  response
    .writeHead(forwarded.status, { 'content-type': type })
    .end(Buffer.from(await forwarded.arrayBuffer()));
};

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

describe('the programs of the chapter run, against the mock behind a route that adds the key', () => {
  test('without hooks', async () => {
    await using opened = await openProgram(browser(), plain, forward);
    await waitForText(opened.page, 'The connection is PASSWORD_INCORRECT.');
    expect(mock.exchanges.flatMap(({ violations }) => violations)).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });

  test('a query and a mutation of TanStack Query', async () => {
    await using opened = await openProgram(browser(), query, forward);
    await waitForText(opened.page, 'Your connection is PASSWORD_INCORRECT.');
    await opened.page.click('button');
    await waitForText(opened.page, 'The invitation is ACTIVE.');
    const sent = mock.exchanges.map(({ method, path, violations }) => [method, path, violations]);
    expect(sent).toEqual([
      ['GET', '/connection/7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36/details', []],
      ['POST', '/invitation/connection/7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36', []],
    ]);
    expect(opened.complaints).toEqual([]);
  });

  test('SWR', async () => {
    await using opened = await openProgram(browser(), swr, forward);
    await waitForText(opened.page, 'Your connection is PASSWORD_INCORRECT.');
    expect(opened.complaints).toEqual([]);
  });
});

test('an infinite query asks for page after page', async () => {
  const asked: (string | undefined)[] = [];
  await using opened = await openProgram(browser(), pages, ({ url }, response) => {
    asked.push(url);
    const page = asked.length;
    json(response, 200, { connections: [{ id: String(page), status: `STATUS_${page}` }], hasNext: page < 3 });
  });
  for (const page of [1, 2]) {
    await waitForText(opened.page, `STATUS_${page}`);
    await opened.page.click('button');
  }
  await waitForText(opened.page, 'STATUS_3');
  expect(await opened.page.$('button')).toBe(null);
  const path = '/connection/company/c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915?limit=100&page=';
  expect(asked).toEqual([`${path}1`, `${path}2`, `${path}3`]);
});

test('a component that unmounts aborts the request of its query', async () => {
  let asked = () => {};
  let aborted = () => {};
  const request = new Promise<void>((resolve) => (asked = resolve));
  const abort = new Promise<void>((resolve) => (aborted = resolve));
  const program = `${query.slice(0, query.indexOf('createRoot(document.body)'))}
const root = createRoot(document.body);
root.render(<QueryClientProvider client={queries}><Connection id="7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36" /></QueryClientProvider>);
Object.assign(globalThis, { unmount: () => root.unmount() });`;
  // It never gets a response.
  await using opened = await openProgram(browser(), program, (_, response) => {
    response.on('close', aborted);
    asked();
  });
  await request;
  await opened.page.evaluate('unmount()');
  await abort;
});

describe.each([
  { hooks: 'TanStack Query', program: query },
  { hooks: 'SWR', program: swr },
])('with $hooks', ({ program }) => {
  test('an error status is the error of the hook, with its body', async () => {
    await using opened = await openProgram(browser(), program, (_, response) =>
      json(response, 404, { detail: 'There is no such connection.' }),
    );
    await waitForText(opened.page, 'There is no such connection.');
  });
});

test('an error that the client throws is the error of the hook', async () => {
  await using opened = await openProgram(browser(), query, (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Log in'),
  );
  await waitForText(opened.page, 'characters of text/html that are not JSON');
});

test('only the client retries', async () => {
  let requests = 0;
  const program = query.replace('allowBrowser: true', 'allowBrowser: true, maxRetries: 1');
  await using opened = await openProgram(browser(), program, (_, response) => {
    requests++;
    json(response, 503, { detail: 'Come back later.' });
  });
  await waitForText(opened.page, 'Come back later.');
  expect(requests).toBe(2);
});

/** What the hooks of these libraries must let through, and what not. */
const typed = `import { createFetchClient, type ErrorDetail, type OpenApiFetchClient } from 'nectar-openapi';
import createQueryClient from 'openapi-react-query';
import { createInfiniteHook, createQueryHook } from 'swr-openapi';

const api = createFetchClient() as OpenApiFetchClient;
const nectar = createQueryClient(api);
const useNectar = createQueryHook(api, 'nectar');
const useNectarPages = createInfiniteHook(api, 'nectar');
const params = { path: { connection_id: '' } };

export function useAll(): unknown[] {
  const one = nectar.useQuery('get', '/connection/{connection_id}/details', { params });
  const status: string | undefined = one.data?.status;
  const detail: string | undefined = one.error?.detail;
  // @ts-expect-error: the contract has no such path.
  nectar.useQuery('get', '/connections/{connection_id}', { params });
  // @ts-expect-error: the parameters are missing.
  nectar.useQuery('get', '/connection/{connection_id}/details');
  // @ts-expect-error: a connection has no such field.
  one.data?.state;

  const create = nectar.useMutation('post', '/invitation/connection/{connection_id}');
  create.mutate({ params, body: { maxUses: 1 } });
  const error: ErrorDetail | null = create.error;
  const link: string | undefined = create.data?.invitationUrl;
  // @ts-expect-error: it is a number.
  create.mutate({ params, body: { maxUses: '1' } });
  // @ts-expect-error: the contract has no such path for POST.
  nectar.useMutation('post', '/ping');

  const swr = useNectar('/connection/{connection_id}/details', { params });
  const state: string | undefined = swr.data?.status;
  // @ts-expect-error: the contract has no such path.
  useNectar('/connections/{connection_id}', { params });
  const pages = useNectarPages('/connection/company/{company_id}', (index, last) =>
    last?.hasNext === false ? null : { params: { path: { company_id: '' }, query: { page: index + 1 } } },
  );
  const first: string | undefined = pages.data?.[0]?.connections[0]?.status.toLowerCase();
  return [status?.toLowerCase(), detail, error, link, state, first];
}
`;

test('the programs of the chapter compile, and the hooks have the types of the contract', () => {
  expect(compileTsx([plain, query, pages, swr, typed])).toEqual([]);
});

function compileTsx(programs: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-react-'));
  try {
    symlinkSync(join(toolchainRoot, 'node_modules'), join(folder, 'node_modules'));
    const files = programs.map((program, index) => {
      const file = join(folder, `${index}.tsx`);
      writeFileSync(file, program);
      return file;
    });
    return compile(files, {
      module: ts.ModuleKind.Preserve,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      paths: { 'nectar-openapi': [join(toolchainRoot, 'generated/index.ts')] },
      moduleDetection: ts.ModuleDetectionKind.Force,
      jsx: ts.JsxEmit.ReactJSX,
      allowImportingTsExtensions: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      skipLibCheck: true,
      strict: true,
      types: [],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
