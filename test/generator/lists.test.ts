import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FeatureClients, generateFeature } from './features.ts';

const clients = new FeatureClients(['lists']);

/** Each response, and the address of each request. */
let pages: ((response: ServerResponse) => void)[];
const urls: string[] = [];
const server = createServer((request, response) => {
  urls.push(request.url ?? '');
  const reply = pages[Math.min(urls.length, pages.length) - 1];
  reply?.(response);
});
let origin: string;

beforeAll(async () => {
  await Promise.all([clients.write(), once(server.listen(0, '127.0.0.1'), 'listening')]);
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  urls.length = 0;
});
afterAll(() => {
  clients.remove();
  server.close();
  server.closeAllConnections();
});

function page(body: unknown, link?: string) {
  return (response: ServerResponse) =>
    response
      .writeHead(200, { 'content-type': 'application/json', ...(link && { link }) })
      .end(JSON.stringify(body));
}

const parcels = (...ids: string[]) => ids.map((id) => ({ id }));

async function walk(name: string, query: object | undefined, ...replies: typeof pages): Promise<string[]> {
  pages = replies;
  const client = await clients.create('lists', { apiKey: 'secret', baseUrl: `${origin}/v1` });
  const ids: string[] = [];
  for await (const { id } of query ? client[name](query) : client[name]()) ids.push(id);
  return ids;
}

test('a page number counts until a page is empty', async () => {
  const nested = (...ids: string[]) => page({ data: { parcels: parcels(...ids) } });
  expect(await walk('listByPage', { page: 3 }, nested('a'), nested('b'), nested())).toEqual(['a', 'b']);
  expect(urls).toEqual(['/v1/by-page?page=3', '/v1/by-page?page=4', '/v1/by-page?page=5']);
});

test('an offset grows by the items of each page until the total', async () => {
  const flat = (...ids: string[]) => page({ parcels: parcels(...ids), meta: { total: 3 } });
  expect(await walk('listByOffset', { depot: 'north' }, flat('a', 'b'), flat('c'))).toEqual(['a', 'b', 'c']);
  expect(urls).toEqual(['/v1/by-offset?depot=north', '/v1/by-offset?depot=north&skip=2']);
});

test('a cursor is taken from each page until there is none', async () => {
  const flat = (id: string, next: string | null) => page({ parcels: parcels(id), meta: { next } });
  expect(await walk('listByCursor', {}, flat('a', 'x/1'), flat('b', null))).toEqual(['a', 'b']);
  expect(urls).toEqual(['/v1/by-cursor', '/v1/by-cursor?cursor=x%2F1']);
});

test('a cursor can be a field of the last item', async () => {
  const flat = (more: boolean, ...ids: string[]) => page({ parcels: parcels(...ids), more });
  expect(await walk('listByLastItem', {}, flat(true, 'a', 'b'), flat(false, 'c'))).toEqual(['a', 'b', 'c']);
  expect(urls).toEqual(['/v1/by-last-item', '/v1/by-last-item?after=b']);
});

describe('the address of the next page', () => {
  const flat = (id: string, next?: string) => page({ parcels: parcels(id), meta: { next } });

  test('is in a field', async () => {
    const ids = await walk(
      'listByLink',
      undefined,
      flat('a', '/v1/other?at=2'),
      flat('b', `${origin}/v1/last`),
      flat('c'),
    );
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(urls).toEqual(['/v1/by-link', '/v1/other?at=2', '/v1/last']);
  });

  test('is in the header Link', async () => {
    const first = `<${origin}/v1/by-header?page=1>; rel="first", <${origin}/v1/by-header?page=2>; rel="next"; title="a, b"`;
    const last = `<${origin}/v1/by-header?page=1>; rel="prev first"`;
    const ids = await walk(
      'listByHeader',
      { depot: 'n' },
      page(parcels('a'), first),
      page(parcels('b'), last),
    );
    expect(ids).toEqual(['a', 'b']);
    expect(urls).toEqual(['/v1/by-header?depot=n', '/v1/by-header?page=2']);
  });

  test.each(['https://thief.example/v1/by-link', '//thief.example/', 'http://127.0.0.1:1/'])(
    'is never requested at another origin: %s',
    async (next) => {
      await expect(walk('listByLink', undefined, flat('a', next))).rejects.toMatchObject({
        name: 'InvalidResponseError',
        message: expect.stringContaining(`does not lead to ${origin}`),
      });
      expect(urls).toHaveLength(1);
    },
  );

  test('that is always the same ends in an error', async () => {
    await expect(walk('listByLink', undefined, flat('a', '/v1/by-link'))).rejects.toMatchObject({
      message: expect.stringContaining('the items of the previous page'),
    });
    expect(urls).toHaveLength(2);
  });
});

test('pages() yields the unchanged pages', async () => {
  pages = [page({ parcels: parcels('a'), more: true }), page({ parcels: parcels('b'), more: false })];
  const client = await clients.create('lists', { apiKey: 'secret', baseUrl: `${origin}/v1` });
  const all: unknown[] = [];
  for await (const each of client.listByLastItem().pages()) all.push(each);
  expect(all).toEqual([
    { parcels: parcels('a'), more: true },
    { parcels: parcels('b'), more: false },
  ]);
});

test('an x-pagination that does not fit is reported, one of another tool is ignored', async () => {
  const { warnings } = await generateFeature('lists');
  expect(warnings.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
    '44:3 No parameter describes {way}: it is a string.',
    '47:7 GET /misfits/{way} cannot be iterated: it has no query parameter "number".',
    '51:7 PUT /misfits/{way} cannot be iterated: no field "next" is in its response.',
  ]);
});
