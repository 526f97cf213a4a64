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

describe.each(calls)('%s', (_, call) => {
  test.each([
    ['an HTML page', respond(200, '<!doctype html><title>Log in</title>', { 'content-type': 'text/html' })],
    ['text', respond(200, 'pong')],
    ['white space', respond(200, '  ')],
    ['half of some JSON', respond(200, '{"version":')],
  ])('takes %s for no success', async (_, fault) => {
    await using server = await FaultServer.start(fault);
    const error = await errorOf(call(server.origin));
    expect(error).toMatchObject({ name: 'InvalidResponseError', outcome: 'unknown', attempts: 1 });
    expect(error.message).toContain('not JSON');
    expect(error.message).not.toMatch(/pong|Log in/);
  });

  test('takes JSON of each kind as it is, and no body for undefined', async () => {
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
