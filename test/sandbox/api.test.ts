import { createClient } from 'nectar-openapi';
import { createSandbox } from 'nectar-openapi/sandbox';
import { describe, expect, test } from 'vitest';
import { createApi } from '../../scripts/sandbox/api.ts';
import { World } from '../../scripts/sandbox/world.ts';
import { refusal, start } from './start.ts';

describe('connections', () => {
  test('are listed by each filter', async () => {
    const { sandbox, nectar } = start();
    const { id } = sandbox.company;
    const count = async (query: object) => (await nectar.listConnections(id, query)).totalConnections;
    expect(await count({})).toBe(6);
    expect(await count({ status: 'PASSWORD_INCORRECT' })).toBe(1);
    expect(await count({ connectionOwnerEmail: 'facilities@harborstreet.example' })).toBe(3);
    expect(await count({ connectionOwnerEmail: 'Facilities@harborstreet.example' })).toBe(0);
    expect(await count({ sites: ['4b7e2d90-8c15-4a6f-b3d8-60f1a9c5e274'] })).toBe(6);
    expect(await count({ sites: ['00000000-0000-4000-8000-000000000000'] })).toBe(0);
  });

  test('are returned in pages, and a page after the last repeats the last', async () => {
    const { sandbox, nectar } = start();
    const { id } = sandbox.company;
    const [last, beyond] = await Promise.all(
      [2, 9].map((page) => nectar.listConnections(id, { limit: 4, page })),
    );
    expect(last).toMatchObject({ totalPages: 2, currentPage: 2, hasNext: false, hasPrevious: true });
    expect(beyond).toEqual(last);
    const all = [];
    for await (const connection of nectar.listConnections(id, { limit: 4 })) all.push(connection.id);
    expect(new Set(all).size).toBe(6);
  });

  test('that wait for their owners occur in each of the four ways', async () => {
    const { sandbox } = start();
    const statuses = new Set(sandbox.allConnections().map(({ status }) => status));
    for (const status of [
      'PASSWORD_INCORRECT',
      'MFA_TOKEN_EXPIRED',
      'NEW_PASSWORD_NEEDED',
      'ADDITIONAL_CREDENTIALS_NEEDED',
      'CONNECTED',
    ])
      expect(statuses).toContain(status);
    expect(
      new Set(
        createSandbox({ seed: 'all-connected' })
          .allConnections()
          .map(({ status }) => status),
      ),
    ).toEqual(new Set(['CONNECTED']));
  });
});

describe('a request is refused', () => {
  test('with the field that is wrong, in the words of the contract', async () => {
    const { nectar, broken } = start();
    expect(await refusal(nectar.createReconnectInvitation(broken, { expiresInSeconds: 59 }))).toEqual([
      400,
      'expiresInSeconds: Ensure this value is greater than or equal to 60.',
    ]);
    expect(await refusal(nectar.createReconnectInvitation(broken, { allowedEmails: ['dana'] }))).toEqual([
      400,
      'allowedEmails.0: Enter a valid email address.',
    ]);
    expect(await refusal(nectar.createReconnectInvitation(broken, { expiresInSeconds: 1e300 }))).toEqual([
      400,
      'expiresInSeconds: Ensure the invitation expires before the year 10000.',
    ]);
  });

  test('with a wrong key, for the company of another customer, and for ids of nothing', async () => {
    const { sandbox, nectar, broken } = start();
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await refusal(nectar.ping({ apiKey: 'another' }))).toEqual([401, 'Invalid API key.']);
    expect(await refusal(nectar.getConnection(sandbox.connections.ofAnotherCustomer.id))).toEqual([
      403,
      'You do not have access to this company.',
    ]);
    expect(await refusal(nectar.getConnection(broken, { apiKey: 'key-of-another-customer' }))).toEqual([
      403,
      'You do not have access to this company.',
    ]);
    expect(await refusal(nectar.listInvitations(nobody))).toEqual([404, 'Company not found.']);
    expect(await refusal(nectar.createReconnectInvitation(nobody))).toEqual([404, 'Connection not found.']);
    expect(await refusal(nectar.revokeInvitation(nobody))).toEqual([404, 'Invitation not found.']);
  });

  test.each([
    ['GET', '/v2/connection/%zz/details', 400],
    ['GET', '/v2.3/ping', 404],
    ['GET', '/', 200],
    ['DELETE', '/v2/ping', 405],
    ['GET', '//ping', 404],
    ['GET', '/invitation/company/', 404],
  ])('%s %s gets %d', async (method, path, status) => {
    const { sandbox } = start();
    const response = await sandbox.fetch(`https://nectar.invalid${path}`, {
      method,
      headers: { 'x-api-key': sandbox.key },
    });
    expect(response.status).toBe(status);
  });

  test.each(['{"maxUses":', '[]', 'null', '"text"', '{"maxUses":"1"}', '{"allowedEmails":null}'])(
    'for the body %s',
    async (body) => {
      const { sandbox, broken } = start();
      const response = await sandbox.fetch(`https://nectar.invalid/v2/invitation/connection/${broken}`, {
        method: 'POST',
        headers: { 'x-api-key': sandbox.key, 'content-type': 'application/json' },
        body,
      });
      expect(response.status).toBe(400);
      expect(sandbox.invitations()).toEqual([]);
    },
  );
});

test('an operation that the contract has and the sandbox does not simulate gets a 501, checked or not', async () => {
  const rule = {
    operationId: 'getSite',
    method: 'GET',
    path: '/site/{site_id}',
    // The check of a schema does not know every keyword.
    parameters: [{ name: 'site_id', in: 'path', required: true, schema: { multipleOf: 2 } }],
    security: [[{ place: 'header', field: 'Authorization', prefix: 'Bearer ' }]],
  };
  const rules = {
    basePaths: ['/v2'],
    requests: [rule],
    handlers: {},
    knowsKey: (_: World, key: string) => key === 'k',
  };
  const world = new World(Date.now, 1);
  const sandbox = createApi(
    rules,
    () => world,
    'https://sandbox.invalid',
    (work) => work(),
  );
  const statusOf = async (authorization: string) => {
    const request = () => new Request('https://x.invalid/v2/site/1', { headers: { authorization } });
    const [response, refusal] = [await sandbox.respond(request()), await sandbox.refuse(request())];
    expect(refusal?.status).toBe(response.status);
    return [response.status, ((await response.json()) as { detail: string }).detail];
  };
  expect(await statusOf('Bearer k')).toEqual([
    501,
    'The sandbox does not simulate getSite. The mock returns its examples.',
  ]);
  expect(await statusOf('bearer l')).toEqual([401, 'Invalid API key.']);
  expect(await statusOf('k')).toEqual([401, 'Authentication credentials were not provided.']);
});

test.each([
  ['', '2.0'],
  ['/v2', '2.0'],
  ['/v2.1', '2.1'],
  ['/v2.2', '2.2'],
])('the path "%s" is version %s', async (path, version) => {
  const sandbox = createSandbox();
  const nectar = createClient({
    apiKey: sandbox.key,
    fetch: sandbox.fetch,
    baseUrl: `https://nectar.invalid${path}`,
  });
  expect(await nectar.ping()).toEqual({ version });
});

test('two sandboxes with the same seed are identical, and a reset restores the start', async () => {
  const play = async ({ sandbox, nectar, broken }: ReturnType<typeof start>) => {
    const { invitationUrl } = await nectar.createReconnectInvitation(broken, { maxUses: 1 });
    await sandbox.recipient(invitationUrl).submit({ password: 'right' });
    await sandbox.clock.advance({ days: 1 });
    return JSON.stringify([sandbox.invitations(), sandbox.events(), sandbox.allConnections()]);
  };
  const first = start();
  const story = await play(first);
  expect(await play(start())).toBe(story);
  expect(await play(start({ random: 2 }))).not.toBe(story);
  first.sandbox.reset();
  expect(await play(first)).toBe(story);
});

test('a status that is set again was first seen when it was set first', async () => {
  const { sandbox, nectar, broken } = start();
  await sandbox.setStatus(broken, 'WEBSITE_DOWN');
  const { statusFirstSeenTime } = await nectar.getConnection(broken);
  await sandbox.clock.advance({ days: 2 });
  await sandbox.setStatus(broken, 'WEBSITE_DOWN');
  expect((await nectar.getConnection(broken)).statusFirstSeenTime).toBe(statusFirstSeenTime);
  await sandbox.setStatus(broken, 'CONNECTED');
  expect((await nectar.getConnection(broken)).statusFirstSeenTime).not.toBe(statusFirstSeenTime);
});
