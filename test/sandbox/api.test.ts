import { createClient, type HttpError } from 'nectar-openapi';
import { createSandbox } from 'nectar-openapi/sandbox';
import { unwrap } from 'nectar-openapi/webhooks';
import { describe, expect, test } from 'vitest';

const owner = 'dana.reyes@harborstreet.example';

function start(options: Parameters<typeof createSandbox>[0] = {}) {
  const sandbox = createSandbox(options);
  const nectar = createClient({ apiKey: sandbox.key, fetch: sandbox.fetch, maxRetries: 0 });
  return { sandbox, nectar, broken: sandbox.connections.passwordIncorrect.id };
}

async function refusal(call: { result(): Promise<{ ok: boolean; error?: unknown }> }) {
  const { error } = await call.result();
  const { status, detail } = error as HttpError;
  return [status, detail];
}

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

describe('an invitation', () => {
  test('is mailed to each address, and each create mails its own active link', async () => {
    const { sandbox, nectar, broken } = start();
    const body = { allowedEmails: [owner, 'facilities@harborstreet.example'], sendEmail: true };
    const links = [];
    for (let time = 0; time < 2; time++)
      links.push((await nectar.createReconnectInvitation(broken, body)).invitationUrl);
    expect(sandbox.mails(owner).map(({ link }) => link.split('?')[0])).toEqual(links);
    expect(sandbox.mails()).toHaveLength(4);
    await nectar.createReconnectInvitation(broken, { allowedEmails: [owner] });
    expect(sandbox.mails()).toHaveLength(4);
  });

  test('for certain addresses opens only for these', async () => {
    const { sandbox, nectar, broken } = start();
    const { invitationUrl, id } = await nectar.createReconnectInvitation(broken, {
      allowedEmails: [owner],
      maxUses: 1,
    });
    const recipient = sandbox.recipient(invitationUrl);
    expect(await recipient.open()).toBe('email-needed');
    expect(await recipient.submit({ password: 'right' })).toBe('email-needed');
    expect(await recipient.submit({ email: 'eve@example.com', password: 'right' })).toBe('email-needed');
    expect(await recipient.submit({ email: owner.toUpperCase(), password: 'wrong' })).toBe('refused');
    expect(sandbox.connections.passwordIncorrect.status).toBe('PASSWORD_INCORRECT');
    expect(await recipient.submit({ email: owner, password: 'right' })).toBe('accepted');
    expect(sandbox.connections.passwordIncorrect).toMatchObject({ status: 'CONNECTED' });
    expect(sandbox.connections.passwordIncorrect.statusErrorDetail).toBeUndefined();
    const { events = [], status, useCount } = await nectar.getInvitation(id);
    expect({ status, useCount }).toEqual({ status: 'FULFILLED', useCount: 1 });
    expect(events.map(({ type }) => type)).toContain('email-verified');
    expect(await recipient.open()).toBe('fulfilled');
  });

  test('is opened by no mail of another invitation', async () => {
    const { sandbox, nectar, broken } = start();
    await nectar.createReconnectInvitation(broken, { allowedEmails: ['eve@example.com'], sendEmail: true });
    const { invitationUrl } = await nectar.createReconnectInvitation(broken, { allowedEmails: [owner] });
    const stolen = `${invitationUrl}?mail=${sandbox.mails()[0]?.id}`;
    expect(await sandbox.recipient(stolen).open()).toBe('email-needed');
    expect(await sandbox.recipient(`${invitationUrl}x`).open()).toBe('unknown');
  });

  test('expires by the clock, exactly at its time', async () => {
    const { sandbox, nectar, broken } = start();
    const { id, expiresAt } = await nectar.createReconnectInvitation(broken, { expiresInSeconds: 60 });
    expect(expiresAt).toBe('2026-03-02T09:16:00Z');
    await sandbox.clock.advance({ seconds: 59 });
    expect((await nectar.getInvitation(id)).status).toBe('ACTIVE');
    await sandbox.clock.advance({ seconds: 1 });
    expect((await nectar.getInvitation(id)).status).toBe('EXPIRED');
  });

  test('of a company creates a connection with its prefill', async () => {
    const { sandbox, nectar } = start();
    const prefill = {
      url: 'https://www.sounderagas.example',
      country: 'CA',
      utilityTypes: ['GAS'],
      connectionOwnerEmail: owner,
    };
    const { invitationUrl, id } = await nectar.createConnectionInvitation(sandbox.company.id, { prefill });
    expect(await sandbox.recipient(invitationUrl).submit({ username: 'me', password: 'right' })).toBe(
      'accepted',
    );
    const { createdConnections, useCount } = await nectar.getInvitation(id);
    expect(useCount).toBe(1);
    const [created] = createdConnections;
    expect(created).toMatchObject({ datasourceName: 'sounderagas.example', status: 'CONNECTED' });
    expect(await nectar.getConnection(created?.id ?? '')).toMatchObject({
      url: prefill.url,
      country: 'CA',
      initialDatasourceTypes: ['GAS'],
      workflowOwnerEmail: owner,
      username: 'me',
    });
    expect(sandbox.events().map(({ type }) => type)).toEqual([
      'connection.created.v2',
      'connection.updated.v2',
      'connection.validated.v2',
    ]);
  });
});

describe('events', () => {
  test('are signed like those of Svix, and sent again on its schedule until they are accepted', async () => {
    let status = 500;
    const received: { id: string; event: { eventType?: unknown; status?: unknown } }[] = [];
    const secret = 'whsec_dGhpcyBvbmUgaXMgZm9yIHRlc3RzIGFsb25l';
    const { sandbox, broken } = start({
      receiver: {
        url: 'https://receiver.invalid',
        secret,
        fetch: async (_, init) => {
          const headers = new Headers(init?.headers);
          const event = unwrap(String(init?.body), headers, secret);
          received.push({ id: headers.get('svix-id') ?? '', event: event as never });
          return new Response(null, { status });
        },
      },
    });
    await sandbox.setStatus(broken, 'CONNECTED');
    expect(received.map(({ event }) => event)).toMatchObject([
      {
        eventType: 'connection.updated.v2',
        status: 'CONNECTED',
        protectedChanges: ['status'],
        old: { status: 'PASSWORD_INCORRECT' },
      },
      { eventType: 'connection.validated.v2', status: 'CONNECTED' },
    ]);
    for (const [index, pause] of [5, 300, 1800, 7200, 18_000, 36_000, 36_000].entries()) {
      await sandbox.clock.advance({ seconds: pause - 1 });
      expect(received).toHaveLength(2 * (index + 1));
      await sandbox.clock.advance({ seconds: 1 });
      expect(received).toHaveLength(2 * (index + 2));
    }
    // Given up.
    await sandbox.clock.advance({ days: 30 });
    expect(received).toHaveLength(16);

    status = 204;
    const [{ id = '' } = {}] = sandbox.events();
    await sandbox.sendAgain(id);
    expect(received.at(-1)?.id).toBe(id);
    expect(sandbox.events()[0]?.attempts.at(-1)).toMatchObject({ result: '204', delivered: true });
    expect(new Set(received.map((each) => each.id)).size).toBe(2);
  });

  test('that are sent again while they are pending are delivered twice', async () => {
    const responses: ((response: Response) => void)[] = [];
    const { sandbox, broken } = start();
    await sandbox.setStatus(broken, 'CONNECTED');
    const [{ id = '' } = {}] = sandbox.events();
    const delivered = sandbox.setReceiver({
      url: 'https://receiver.invalid',
      fetch: () => new Promise((resolve) => responses.push(resolve)),
    });
    await sandbox.sendAgain(id);
    for (const respond of responses) respond(new Response());
    await delivered;
    const again = sandbox.deliver();
    for (const respond of responses) respond(new Response());
    await again;
    expect(sandbox.events().map(({ attempts }) => attempts.length)).toEqual([2, 1]);
    expect(sandbox.events().map(({ dueAt }) => dueAt)).toEqual([null, null]);
  });

  test('wait for a receiver', async () => {
    const { sandbox, broken } = start();
    await sandbox.setStatus(broken, 'CONNECTED');
    const ids: string[] = [];
    await sandbox.setReceiver({
      url: 'https://receiver.invalid',
      fetch: async (_, init) => {
        ids.push(new Headers(init?.headers).get('svix-id') ?? '');
        return new Response();
      },
    });
    expect(ids).toEqual(sandbox.events().map(({ id }) => id));
  });
});

describe('a fault', () => {
  test.each([
    ['lose', 'unknown', 1],
    ['drop', 'unknown', 0],
    ['truncate', 'unknown', 1],
    ['status=503', 'unknown', 0],
    ['status=429; retry-after=0', 'rejected', 0],
    ['status=422', 'rejected', 0],
  ])('%s ends a create as %s, with %d invitations', async (fault, outcome, count) => {
    const { sandbox, nectar, broken } = start();
    const result = await nectar
      .createReconnectInvitation(broken, {}, { headers: { 'x-sandbox-fault': fault } })
      .result();
    expect(result.ok ? undefined : result.error.outcome).toBe(outcome);
    expect(sandbox.invitations()).toHaveLength(count);
    expect(await nectar.ping()).toEqual({ version: '2.0' });
  });

  test.each(['slow=40', 'delay=40'])('%s takes its time', async (fault) => {
    const { nectar, broken } = start();
    const started = performance.now();
    await nectar.createReconnectInvitation(broken, {}, { headers: { 'x-sandbox-fault': fault } });
    expect(performance.now() - started).toBeGreaterThan(35);
    const aborted = nectar.createReconnectInvitation(
      broken,
      {},
      {
        timeout: 30,
        headers: { 'x-sandbox-fault': fault.replace('40', '60000') },
      },
    );
    expect(await aborted.result()).toMatchObject({
      ok: false,
      error: { name: 'TimeoutError', outcome: 'unknown' },
    });
  });

  test('affects its operation, its share and its number of calls', async () => {
    const { sandbox, nectar, broken } = start();
    sandbox.faults.add({ kind: 'status', status: 503, operation: 'getConnection', times: 2 });
    const ok = async (call: { result(): Promise<{ ok: boolean }> }) => (await call.result()).ok;
    expect(await ok(nectar.ping())).toBe(true);
    expect([await ok(nectar.getConnection(broken)), await ok(nectar.getConnection(broken))]).toEqual([
      false,
      false,
    ]);
    expect(await ok(nectar.getConnection(broken))).toBe(true);

    sandbox.faults.add({ kind: 'drop', share: 0.25 });
    let failed = 0;
    for (let call = 0; call < 400; call++) if (!(await ok(nectar.ping()))) failed++;
    expect(failed).toBeGreaterThan(60);
    expect(failed).toBeLessThan(140);
    sandbox.faults.clear();
    expect(await ok(nectar.ping())).toBe(true);
  });

  test('that is invalid is refused with a sentence', async () => {
    const { sandbox, nectar } = start();
    expect(await refusal(nectar.ping({ headers: { 'x-sandbox-fault': 'explode' } }))).toEqual([
      400,
      'x-sandbox-fault: There is no fault "explode". Take one of status, delay, drop, lose, truncate, slow.',
    ]);
    expect(() => sandbox.faults.add({ kind: 'status', status: 99 })).toThrow('a status from 200 to 599');
    expect(() => sandbox.faults.add({ kind: 'drop', share: 2 })).toThrow('share is a number from 0 to 1');
    expect(() => sandbox.faults.add({ kind: 'delay' } as never)).toThrow('"delay" takes milliseconds');
  });
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
