import { afterEach, describe, expect, test, vi } from 'vitest';
import { requestsAt } from './clock.ts';
import { type Fault, FaultServer, json, respond } from './fault-server.ts';
import { errorOf, ID, methodClient } from './subject.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

function page(id: string, hasNext: unknown): Fault {
  return json(200, { connections: [{ id }], hasNext });
}

async function idsOf(list: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  return ids;
}

describe('A response that is not a page is an InvalidResponseError', () => {
  test.each([
    ['without items', { hasNext: true }, 'a page without a list "connections".'],
    [
      'whose items are not a list',
      { connections: {}, hasNext: true },
      'a page without a list "connections".',
    ],
    ['without a flag for a further one', { connections: [] }, 'a page without a boolean "hasNext".'],
    ['with a text as its flag', { connections: [], hasNext: 'false' }, 'a page without a boolean "hasNext".'],
  ])('%s', async (_, body, message) => {
    await using server = await FaultServer.start(json(200, body));
    const error = await errorOf(idsOf(methodClient(server.origin).listConnections(ID)));
    expect(error).toMatchObject({ name: 'InvalidResponseError', outcome: 'unknown' });
    expect(error.message).toContain(message);
    expect((await errorOf(methodClient(server.origin).listConnections(ID))).name).toBe(
      'InvalidResponseError',
    );
  });
});

test('A list that repeats a page ends in an error, after its items', async () => {
  await using server = await FaultServer.start(page('a', true));
  const ids: string[] = [];
  const walk = async () => {
    for await (const { id } of methodClient(server.origin).listConnections(ID)) ids.push(id);
  };
  const error = await errorOf(walk());
  expect(error).toMatchObject({ name: 'InvalidResponseError' });
  expect(error.message).toContain('the items of the previous page, and says that more follow');
  expect([ids, server.count]).toEqual([['a'], 2]);
});

test('A last page that equals the one before it ends the list', async () => {
  await using server = await FaultServer.start(page('a', true), page('a', false));
  expect(await idsOf(methodClient(server.origin).listConnections(ID))).toEqual(['a', 'a']);
});

test('A page number that is passed as a string works', async () => {
  await using server = await FaultServer.start(page('a', true), page('b', false));
  await idsOf(methodClient(server.origin).listConnections(ID, { page: '2' } as object));
  expect(server.requests.map(({ url }) => new URL(url, server.origin).search)).toEqual([
    '?page=2',
    '?page=3',
  ]);
});

test('A list that fails before it is iterated causes no unhandled rejection, and throws when it is iterated', async () => {
  const stray: unknown[] = [];
  const listen = (reason: unknown) => stray.push(reason);
  process.on('unhandledRejection', listen);
  await using server = await FaultServer.start(respond(403));
  const list = methodClient(server.origin).listConnections(ID);
  await requestsAt(server, 1);
  expect(await errorOf(idsOf(list))).toMatchObject({ status: 403 });
  expect(await list.result()).toMatchObject({ ok: false, error: { status: 403 } });
  process.off('unhandledRejection', listen);
  expect(stray).toEqual([]);
  expect(server.count).toBe(1);
});

test('Each iteration over a list shares the first page, and requests the others again', async () => {
  await using server = await FaultServer.start(page('a', true), page('b', false));
  const list = methodClient(server.origin).listConnections(ID);
  expect(await idsOf(list)).toEqual(['a', 'b']);
  expect(await idsOf(list)).toEqual(['a', 'b']);
  expect(server.count).toBe(3);
});

test('An empty list has no items', async () => {
  await using server = await FaultServer.start(json(200, { connections: [], hasNext: false }));
  expect(await idsOf(methodClient(server.origin).listConnections(ID))).toEqual([]);
});
