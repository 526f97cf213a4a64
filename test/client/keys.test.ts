import { expect, test } from 'vitest';
import { FaultServer, json, stall } from './fault-server.ts';
import { connect, errorOf, fail, ID } from './subject.ts';

test('An apiKey function is asked before each request', async () => {
  await using server = await FaultServer.start(json(429, {}), json(200, { id: ID }));
  let turn = 0;
  await connect(server.origin, { apiKey: async () => `key-${++turn}` }).createReconnectInvitation(ID);
  expect(server.seen.map(({ headers }) => headers['x-api-key'])).toEqual(['key-1', 'key-2']);
});

test('A key of one call goes with that call alone', async () => {
  await using server = await FaultServer.start(json(200, { id: ID }));
  const client = connect(server.origin, { apiKey: 'one' });
  await client.getConnection(ID, { apiKey: 'two' });
  await client.getConnection(ID);
  expect(server.seen.map(({ headers }) => headers['x-api-key'])).toEqual(['two', 'one']);
});

test('A header of the caller cannot replace the key', async () => {
  await using server = await FaultServer.start(json(200, { id: ID }));
  await connect(server.origin, { apiKey: 'one', headers: { 'X-Api-Key': 'two' } }).getConnection(ID, {
    headers: { 'X-API-KEY': 'three' },
  });
  expect(server.seen[0]?.headers['x-api-key']).toBe('one');
});

test('An apiKey function that fails sends nothing and keeps its cause', async () => {
  await using server = await FaultServer.start(stall);
  const cause = new Error('The vault is closed.');
  for (const apiKey of [
    () => Promise.reject(cause),
    () => {
      throw cause;
    },
  ]) {
    const error = await fail(connect(server.origin, { apiKey }), 'POST');
    expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent', attempts: 0, cause });
  }
  expect(server.count).toBe(0);
});

test.each([
  '',
  'line\r\nbreak',
  'ünprintable',
  ' ',
  undefined,
  7,
])('An apiKey function that gives %j sends nothing and does not show it', async (key) => {
  await using server = await FaultServer.start(stall);
  const apiKey = (() => key) as () => string;
  const error = await fail(connect(server.origin, { apiKey }), 'POST');
  expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent', attempts: 0 });
  expect(server.count).toBe(0);
});

test('An apiKey function that hangs ends with totalTimeout or the signal', async () => {
  await using server = await FaultServer.start(stall);
  const client = connect(server.origin, { apiKey: () => new Promise(() => {}), totalTimeout: 40 });
  expect(await fail(client, 'POST')).toMatchObject({
    name: 'TimeoutError',
    outcome: 'not-sent',
    attempts: 0,
  });
  const signal = AbortSignal.timeout(10);
  expect(await errorOf(client.ping({ signal }))).toMatchObject({ name: 'AbortError', outcome: 'not-sent' });
  expect(server.count).toBe(0);
});
