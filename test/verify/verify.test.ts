import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { loadPrism } from '../../scripts/mock/prism.ts';
import { createRecorder } from '../../scripts/verify/recorder.ts';
import { useMock } from '../round-trip/mock.ts';
import { creation, details, document, section, verifyMutated, verifyService } from './run.ts';
import { ids, startService } from './service.ts';

const mock = useMock();

describe('a service that keeps the contract', () => {
  test('gets a clean report of every operation, and confirms inferred facts', async () => {
    await using service = await startService(mock.url);
    const { report, drift } = await verifyService(service, { ids, write: true });
    expect(report).toContain('\nNo drift, nothing new.');
    expect(drift).toBe(false);
    expect(report).not.toMatch(/^(drift|new|unclear)|Not tried|Left behind|Refuted/m);
    expect(report).toMatch(/^ok {6}ping with a wrong key: 401$/m);
    expect(section(report, 'Confirmed by this server')).toEqual(
      expect.arrayContaining([
        'createReconnectInvitation 201 (inferred)',
        'ErrorDetail.detail (inferred)',
        'ConnectionNotFound (inferred)',
        'Connection (example)',
      ]),
    );
  });

  test('is only read, as far as ids are known', async () => {
    await using service = await startService(mock.url);
    const { report } = await verifyService(service);
    expect(service.requests.filter(({ line }) => !line.startsWith('GET '))).toEqual([]);
    expect(service.requests.map(({ line }) => line)).toEqual(
      expect.arrayContaining([
        `GET /connection/${ids.connection}/details`,
        `GET /invitation/${ids.invitation}`,
      ]),
    );
    expect(section(report, 'Not tried')).toEqual([
      'createReconnectInvitation needs --write, as it changes something.',
      'createConnectionInvitation needs --write, as it changes something.',
      'revokeInvitation needs --write, as it changes something.',
    ]);
  });

  test('gets only a ping and a request for an unknown id, if no id is known', async () => {
    await using service = await startService(mock.url);
    const { report } = await verifyService(service, { ids: {} });
    expect(section(report, 'Not tried')).toEqual(
      expect.arrayContaining([
        'listConnections needs --parameter company_id=VALUE.',
        'getInvitation needs --parameter invitation_id=VALUE.',
      ]),
    );
    expect(report).toContain('ok      ping: 200');
  });

  test('is restored: created invitations are not mailed, expire soon and are revoked', async () => {
    await using service = await startService(mock.url);
    await verifyService(service, { ids, write: true });
    const created = service.requests.filter(({ line }) => /^POST .*\/(connection|company)\//.test(line));
    expect(created.map(({ body }) => body)).toEqual([
      { expiresInSeconds: 60, maxUses: 1, sendEmail: false },
      { expiresInSeconds: 60, maxUses: 1, sendEmail: false },
    ]);
    expect(service.requests.filter(({ line }) => line.endsWith('/revoke'))).toHaveLength(2);
    expect(
      service.requests.filter(({ line }) => line === `POST /invitation/${ids.invitation}/revoke`),
    ).toHaveLength(1);
  });

  test('is not changed without an explicit connection_id, even if one is found', async () => {
    await using service = await startService(mock.url);
    const { report } = await verifyService(service, { write: true });
    expect(section(report, 'Not tried')).toEqual([
      'createReconnectInvitation needs --parameter connection_id=VALUE.',
    ]);
  });
});

describe('unverified and different are distinguished', () => {
  test('a documented error instead of a success is unclear', async () => {
    const { report, drift } = await verifyMutated(mock.url, (request, reply) => {
      if (request === details) Object.assign(reply, { status: 403, body: { detail: 'No access.' } });
    });
    expect(report).toContain(
      'unclear getConnection: 403\n  The response is documented, but not the expected one.',
    );
    expect(section(report, 'Neither confirmed nor refuted')).toContain('getConnection 200');
    expect(drift).toBe(false);
  });

  test('a response that should have been refused confirms nothing', async () => {
    await using service = await startService(mock.url, (request, reply) => {
      if (reply.status === 404) Object.assign(reply, { status: 200, body: [request] });
    });
    const { report } = await verifyService(service, { ids: {} });
    expect(report).toContain('drift   getConnection with an unknown id: 200\n');
    expect(section(report, 'Confirmed by this server')).toEqual(['ErrorDetail.detail (inferred)']);
  });

  test('a broken connection is an operation not tried', async () => {
    const { report, drift } = await verifyMutated(mock.url, (request, reply) => {
      if (request === details) reply.status = 0;
    });
    expect(section(report, 'Not tried')).toContainEqual(
      expect.stringMatching(/^getConnection got no response: (UND_ERR_SOCKET|ECONNRESET)\.$/),
    );
    expect(drift).toBe(false);
  });

  test('a creation whose response is lost or has no id is reported, and what the service did not create is not revoked', async () => {
    const leftBehind =
      'createReconnectInvitation may have created an invitation, but its id is unknown. It expires 60 s after it was created.';
    const lost = await verifyMutated(
      mock.url,
      (request, reply) => {
        if (request === creation) reply.status = 0;
      },
      true,
    );
    expect(section(lost.report, 'Left behind')).toEqual([leftBehind]);
    const nameless = await verifyMutated(
      mock.url,
      (request, { body }) => {
        if (request === creation) delete body.id;
      },
      true,
    );
    expect(section(nameless.report, 'Left behind')).toEqual([leftBehind]);

    await using service = await startService(mock.url, (request, reply) => {
      if (request === creation) reply.status = 501;
    });
    const { report } = await verifyService(service, { ids: { connection: ids.connection }, write: true });
    expect(service.requests.filter(({ line }) => line.endsWith('/revoke'))).toEqual([]);
    expect(report).not.toContain('Left behind');
  });

  test('a response that does not come ends with the timeout', async () => {
    await using silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const recorder = createRecorder(await loadPrism(document), `http://127.0.0.1:${port}`, 20);
    await expect(recorder.fetch(`http://127.0.0.1:${port}/ping`)).rejects.toThrow();
    expect(recorder.take()).toEqual({ problem: 'nothing within 0.02 s' });
    expect(recorder.take()).toBeUndefined();
    silent.closeAllConnections();
  });
});
