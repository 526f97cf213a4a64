import { describe, expect, test } from 'vitest';
import { owner, start } from './start.ts';

type Sandbox = ReturnType<typeof start>['sandbox'];

const address = 'https://sandbox.invalid';

/** The text of a page without its tags. */
async function read(sandbox: Sandbox, path: string, init?: RequestInit): Promise<string> {
  const text = await (await sandbox.fetch(address + path, init)).text();
  return text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
}

describe('the control page', () => {
  test('shows each request with its bodies, and no credential', async () => {
    const { sandbox, nectar, broken } = start();
    await nectar.createReconnectInvitation(broken, { allowedEmails: [owner], maxUses: 7 });
    const headers = { 'x-api-key': 'a-key-of-somebody-else' };
    const init = { method: 'POST', headers, body: '{"key":"a-key-of-somebody-else"}' };
    await sandbox.fetch(`${address}/v2/ping?again=a-key-of-somebody-else`, init);
    await sandbox.fetch(`${address}/v2/ping`, { headers });
    const text = await read(sandbox, '/');
    expect(text).toContain('"maxUses": 7');
    expect(text).toContain('Response 201');
    expect(text).toContain('Invalid API key.');
    expect(text).toContain('/v2/ping?again=[API key]');
    expect(text).not.toContain('a-key-of-somebody-else');
    expect(JSON.stringify(sandbox.requests())).not.toContain('somebody');
  });

  test('says what a fault did to a request', async () => {
    const { sandbox, nectar, broken } = start();
    for (const fault of ['lose', 'drop', 'truncate', 'status=503'])
      await nectar.createReconnectInvitation(broken, {}, { headers: { 'x-sandbox-fault': fault } }).result();
    expect(sandbox.requests().map(({ status, fault }) => [fault?.kind, status])).toEqual([
      ['lose', 201],
      ['drop', undefined],
      ['truncate', 201],
      ['status', 503],
    ]);
    const text = await read(sandbox, '/');
    for (const outcome of ['201 lost', 'dropped', '201 cut']) expect(text).toContain(outcome);
  });

  test('says that the sandbox itself has failed, and why', async () => {
    const { sandbox, nectar } = start({ through: () => Promise.reject(new Error('The disk is full.')) });
    expect(await nectar.ping().result()).toMatchObject({ ok: false });
    expect(sandbox.requests()).toMatchObject([{ operation: 'ping', failure: 'The disk is full.' }]);
    expect(await read(sandbox, '/')).toContain('The sandbox failed: The disk is full.');
  });

  test('keeps the latest 50 requests until a reset', async () => {
    const { sandbox, nectar } = start();
    for (let count = 0; count < 51; count++) await nectar.ping();
    expect(sandbox.requests()).toHaveLength(50);
    sandbox.reset();
    expect(sandbox.requests()).toEqual([]);
  });

  test('shows events with connection and payload, mails with their sender, and the life of an invitation', async () => {
    const { sandbox, nectar, broken } = start();
    await nectar.createReconnectInvitation(broken, { allowedEmails: [owner], sendEmail: true, maxUses: 1 });
    await sandbox.recipient(sandbox.mails()[0]?.link ?? '').submit({ password: 'right' });
    const text = (await read(sandbox, '/')).replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/connection\.validated\.v2 Cascadia Power/);
    expect(text).toContain('"protectedChanges": [ "credentials", "status" ]');
    expect(text).toContain('Nectar <invitations@nectar.example>');
    const steps = ['created', `mailed to ${owner}`, 'viewed', `email-verified ${owner}`, 'used'];
    const times = '2026-03-02 09:15:00';
    expect(text).toContain(steps.map((step) => `${times} ${step}`).join(' '));
  });

  test('escapes what a caller sends', async () => {
    const { sandbox } = start();
    const init = { method: 'POST', headers: { 'x-api-key': sandbox.key }, body: '<script>alert(1)</script>' };
    await sandbox.fetch(`${address}/v2/nothing`, init);
    expect(await (await sandbox.fetch(address)).text()).not.toContain('<script>alert');
  });
});

test('a password is in the response to a wrong code, and nowhere else', async () => {
  const { sandbox, nectar, broken } = start();
  const { invitationUrl } = await nectar.createReconnectInvitation(broken, {});
  const { pathname } = new URL(invitationUrl);
  const submit = async (fields: Record<string, string>) => {
    const init = { method: 'POST', body: new URLSearchParams(fields) };
    const response = await sandbox.fetch(invitationUrl, init);
    expect(response.headers.get('cache-control')).toBe('no-store');
    return response.text();
  };
  const wrongCode = await submit({ username: 'me', password: 'right-with-code', code: '1' });
  expect(wrongCode).toContain('value="right-with-code"');
  expect(await submit({ username: 'me', password: 'wrong-password' })).not.toContain('wrong-password');
  for (const path of [pathname, '/', '/sandbox/state', '/sandbox/mail'])
    expect(await (await sandbox.fetch(address + path)).text()).not.toMatch(
      /value="right-with-code|wrong-password/,
    );
});
