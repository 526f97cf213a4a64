import { describe, expect, test } from 'vitest';
import { owner, start } from './start.ts';

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
