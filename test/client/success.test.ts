import { createClient } from 'nectar-openapi';
import { describe, expect, test } from 'vitest';
import { FaultServer, json, respond } from './fault-server.ts';
import { errorOf, fetchClient, ID, methodClient } from './subject.ts';

/** The two operations whose success has no documented form, through each client. */
const calls: [string, (baseUrl: string) => PromiseLike<unknown>][] = [
  ['ping', (baseUrl) => methodClient(baseUrl).ping()],
  ['revokeInvitation', (baseUrl) => methodClient(baseUrl).revokeInvitation(ID)],
  ['GET /ping', async (baseUrl) => (await fetchClient(baseUrl).GET('/ping')).data],
  [
    'POST /invitation/{invitation_id}/revoke',
    async (baseUrl) => {
      const params = { path: { invitation_id: ID } };
      return (await fetchClient(baseUrl).POST('/invitation/{invitation_id}/revoke', { params })).data;
    },
  ],
];

test('A character that is split between two chunks of the body is decoded correctly', async () => {
  const [first, second] = [Buffer.from('{"version":"gr'), Buffer.from('\u00f6\u00dfe"}')];
  const pieces = [Buffer.concat([first, second.subarray(0, 1)]), second.subarray(1)];
  const fetch = async () =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const piece of pieces) controller.enqueue(piece);
          controller.close();
        },
      }),
    );
  expect(await createClient({ apiKey: 'any', fetch }).ping()).toEqual({ version: 'größe' });
});

test('A response that is not JSON says what it is instead, and what the contract says', async () => {
  await using server = await FaultServer.start(respond(200, 'pong', { 'content-type': 'text/plain' }));
  const { message } = await errorOf(methodClient(server.origin).ping());
  expect(message).toContain(
    '4 characters of text/plain that are not JSON; the contract says JSON or no body.',
  );
});

describe.each(calls)('%s', (_, call) => {
  test.each([
    ['an HTML page', respond(200, '<!doctype html><title>Log in</title>', { 'content-type': 'text/html' })],
    ['text', respond(200, 'pong')],
    ['white space', respond(200, '  ')],
    ['half of some JSON', respond(200, '{"version":')],
  ])('refuses %s as a success', async (_, fault) => {
    await using server = await FaultServer.start(fault);
    const error = await errorOf(call(server.origin));
    expect(error).toMatchObject({ name: 'InvalidResponseError', outcome: 'unknown', attempts: 1 });
    expect(error.message).toContain('not JSON');
    expect(error.message).not.toMatch(/pong|Log in/);
  });

  test('returns JSON of each type unchanged, and undefined for no body', async () => {
    const values = [{ version: '2' }, null, 'text', [], 7];
    await using server = await FaultServer.start(
      ...values.map((value) => json(200, value)),
      respond(200),
      respond(204),
      respond(200, '', { 'transfer-encoding': 'identity' }),
    );
    for (const value of values) expect(await call(server.origin)).toEqual(value);
    for (let rest = 0; rest < 2; rest++) expect(await call(server.origin)).toBeUndefined();
  });
});
