import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Connection, createClient, HttpError } from 'nectar-openapi';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useMock } from './mock.ts';

const companyId = 'c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915';

describe('a list of three pages', () => {
  const pages = [['a', 'b'], ['c'], ['d', 'e']];
  const queries: string[] = [];
  let failAt = 0;

  /** As the vendor says: a page past the last repeats the last one. */
  const server = createServer((request, response) => {
    const { search, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    queries.push(search);
    const page = Math.min(Number(searchParams.get('page') ?? 1), pages.length);
    response.statusCode = page === failAt ? 403 : 200;
    const connections = pages[page - 1]?.map((id) => ({ id, status: 'PASSWORD_INCORRECT' }));
    response.end(
      JSON.stringify({ connections, currentPage: page, hasNext: page < pages.length, detail: 'No.' }),
    );
  });

  function client() {
    const { port } = server.address() as AddressInfo;
    return createClient({ apiKey: 'pagination-key', baseUrl: `http://127.0.0.1:${port}` });
  }

  async function idsOf(list: AsyncIterable<Connection>): Promise<string[]> {
    const ids: string[] = [];
    for await (const { id } of list) ids.push(id);
    return ids;
  }

  beforeEach(async () => {
    queries.length = 0;
    failAt = 0;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });

  it('yields every item in order, with the same query for each page', async () => {
    const sites = ['0b1de7c4-6a52-4f0e-9c38-d25f7a1e6b90', '5e8c3f17-2d94-4ab6-8071-c6f9b04d3e25'];
    const list = client().listConnections(companyId, { status: 'PASSWORD_INCORRECT', sites, limit: 2 });
    expect(await idsOf(list)).toEqual(['a', 'b', 'c', 'd', 'e']);
    const query = `?status=PASSWORD_INCORRECT&sites=${sites[0]}&sites=${sites[1]}&limit=2`;
    expect(queries).toEqual([query, `${query}&page=2`, `${query}&page=3`]);
  });

  it('is a single page if it is awaited', async () => {
    const page = await client().listConnections(companyId);
    expect(page.connections.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(queries).toEqual(['']);
  });

  it('continues from the requested page', async () => {
    expect(await idsOf(client().listConnections(companyId, { page: 2 }))).toEqual(['c', 'd', 'e']);
    expect(queries).toEqual(['?page=2', '?page=3']);
  });

  it('ends at a page after the last, which repeats the last one', async () => {
    expect(await idsOf(client().listConnections(companyId, { page: 9 }))).toEqual(['d', 'e']);
    expect(queries).toEqual(['?page=9']);
  });

  it('is loaded page by page, and only as far as it is read', async () => {
    for await (const page of client().listConnections(companyId).pages()) {
      if (page.currentPage === 2) break;
    }
    expect(queries).toEqual(['', '?page=2']);
  });

  it('rejects at a refused page, after the items before it', async () => {
    failAt = 2;
    const ids: string[] = [];
    const walk = async () => {
      for await (const { id } of client().listConnections(companyId)) ids.push(id);
    };
    await expect(walk()).rejects.toBeInstanceOf(HttpError);
    expect(ids).toEqual(['a', 'b']);
  });
});

describe('against the mock', () => {
  const mock = useMock();

  it('the list of the contract ends by itself', async () => {
    const nectar = createClient({ apiKey: 'pagination-key', baseUrl: mock.url });
    let count = 0;
    for await (const connection of nectar.listConnections(companyId)) {
      expect(connection.id).toMatch(/^[\da-f-]{36}$/);
      count++;
    }
    expect(count).toBeGreaterThan(0);
    expect(mock.exchanges).toHaveLength(1);
  });
});
