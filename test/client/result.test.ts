import { type ErrorDetail, isErrorOf } from 'nectar-openapi';
import { expect, expectTypeOf, test } from 'vitest';
import { settle } from './clock.ts';
import { FaultServer, json } from './fault-server.ts';
import { errorOf, ID, KEY, methodClient } from './subject.ts';

test('A result is narrowed by ok, then by status', async () => {
  await using server = await FaultServer.start(json(200, { id: ID }), json(404, { detail: 'Gone' }));
  const client = methodClient(server.origin);
  const good = await client.getConnection(ID).result();
  // @ts-expect-error: not before ok is known
  good.data;
  expect(good.ok && good.data.id).toBe(ID);
  expect(good.response?.status).toBe(200);

  const bad = await client.getConnection(ID).result();
  if (bad.ok) expect.unreachable();
  // @ts-expect-error: not every error has a body
  bad.error.body;
  expect(bad.error.status).toBe(404);
  if (bad.error.status === 404) expectTypeOf(bad.error.body).toEqualTypeOf<ErrorDetail | undefined>();
  if (bad.error.status === 409) expectTypeOf(bad.error.body).toBeUnknown();
  // @ts-expect-error: 409 is not documented, so nothing is known of its body
  if (bad.error.status === 409) bad.error.body.detail;
  expect(bad.error.status === 404 && bad.error.body?.detail).toBe('Gone');
  expect(bad.response?.status).toBe(404);
  if (bad.error.status === undefined) expectTypeOf(bad.error).not.toHaveProperty('headers');
});

test('isErrorOf narrows what was caught', async () => {
  await using server = await FaultServer.start(json(404, { detail: 'Gone' }));
  const error: unknown = await errorOf(methodClient(server.origin).getConnection(ID));
  expect(isErrorOf(error, 'getInvitation')).toBe(false);
  if (!isErrorOf(error, 'getConnection') || error.status !== 404) return expect.unreachable();
  expectTypeOf(error.body).toEqualTypeOf<ErrorDetail | undefined>();
  expect(error.body).toEqual({ detail: 'Gone' });
  expect(isErrorOf(new Error(), 'getConnection')).toBe(false);
  // @ts-expect-error: no such operation
  isErrorOf(error, 'nothing');
});

test('withResponse returns the data and the response', async () => {
  await using server = await FaultServer.start(json(200, { id: ID }, { 'x-request-id': 'r1' }));
  const { data, response } = await methodClient(server.origin).getConnection(ID).withResponse();
  expect([data.id, response.status, response.headers.get('x-request-id')]).toEqual([ID, 200, 'r1']);
});

test('A failure without a response has none', async () => {
  const result = await methodClient('https://example.com').getConnection('no UUID').result();
  expect(result).toMatchObject({ ok: false, response: undefined });
});

test('A rejection is unhandled only if nobody handles it', async () => {
  const stray: unknown[] = [];
  const listen = (reason: unknown) => stray.push(reason);
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', listen);
  const client = methodClient('https://example.com');
  await client.getConnection('1').result();
  await client.getConnection('2').catch(() => {});
  await client
    .getConnection('3')
    .finally(() => {})
    .catch(() => {});
  await client
    .getConnection('4')
    .withResponse()
    .catch(() => {});
  await Promise.allSettled([client.getConnection('5'), client.getConnection('6')]);
  const late = client.getConnection('7');
  const result = late.result();
  await errorOf(late);
  await result;
  await settle();
  expect(stray).toEqual([]);
  void client.getConnection('8');
  await settle();
  expect(stray.map(String)).toEqual([expect.stringContaining('"8"')]);
  process.off('unhandledRejection', listen);
  for (const each of others) process.on('unhandledRejection', each);
});

test('A pending call is a promise like any other', async () => {
  await using server = await FaultServer.start(json(200, { id: ID }));
  const call = methodClient(server.origin).getConnection(ID);
  expect(call).toBeInstanceOf(Promise);
  expect(await Promise.race([call])).toEqual({ id: ID });
  expect(await call).toBe(await call);
  expect(server.count).toBe(1);
  expect(String(call)).not.toContain(KEY);
});
