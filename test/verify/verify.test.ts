import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatReport, hasDrift } from '../../scripts/verify/report.ts';
import type { Ids } from '../../scripts/verify/target.ts';
import { verify } from '../../scripts/verify/verify.ts';
import { useMock } from '../round-trip/mock.ts';
import { apiKey, ids, type Mutation, type Service, startService } from './service.ts';

const document = fileURLToPath(new URL('../../generated/openapi.yaml', import.meta.url));
const mock = useMock();

async function verifyService(service: Service, options: { ids?: Ids; write?: boolean } = {}) {
  const target = {
    document,
    server: service.url,
    apiKey,
    ids: { company: ids.company },
    write: false,
    ...options,
  };
  const outcome = await verify(target);
  const report = formatReport(outcome, target);
  expect(report).not.toContain(apiKey);
  return { report, drift: hasDrift(outcome) };
}

async function verifyMutated(mutate: Mutation, write = false) {
  await using service = await startService(mock.url, mutate);
  return await verifyService(service, { ids, write });
}

/** The lines of a section of the report. */
function section(report: string, title: string): string[] {
  const [, text = ''] = report.split(`\n${title}\n`);
  return (text.split('\n\n')[0] ?? '').split('\n').map((line) => line.trim());
}

describe('a service that keeps the contract', () => {
  test('gets a clean report of every operation, and confirms what was inferred of their answers', async () => {
    await using service = await startService(mock.url);
    const { report, drift } = await verifyService(service, { ids, write: true });
    expect(report).toContain('\nNo drift, nothing new.');
    expect(drift).toBe(false);
    expect(report).not.toMatch(/^(drift|new|unclear)|Not tried|Left behind|Refuted/m);
    expect(report).toMatch(/^ok {6}ping with a wrong key: 401$/m);
    expect(section(report, 'Confirmed by the service')).toEqual(
      expect.arrayContaining([
        'createReconnectInvitation 201 (inferred)',
        'ErrorDetail.detail (inferred)',
        'ConnectionNotFound (inferred)',
        'Connection (example)',
      ]),
    );
  });

  test('is only read, and only as far as the ids reach', async () => {
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
      'revokeInvitation is tried on what --write has created only.',
    ]);
  });

  test('is asked for no more than a ping and for nothing, where no id is known', async () => {
    await using service = await startService(mock.url);
    const { report } = await verifyService(service, { ids: {} });
    expect(section(report, 'Not tried')).toEqual(
      expect.arrayContaining([
        'listConnections needs --company.',
        'getInvitation needs --invitation, a --company that has one, or --write.',
      ]),
    );
    expect(report).toContain('ok      ping: 200');
  });

  test('is left as it was: what is created mails nobody, expires soon and is revoked', async () => {
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

  test('is not written to without an explicit --connection, even where one is found', async () => {
    await using service = await startService(mock.url);
    const { report } = await verifyService(service, { write: true });
    expect(section(report, 'Not tried')).toEqual(['createReconnectInvitation needs --connection.']);
  });
});

describe('a service that differs is reported by name', () => {
  const details = `GET /connection/${ids.connection}/details`;
  const creation = `POST /invitation/connection/${ids.connection}`;

  test.each<[string, Mutation, string[], string[]]>([
    [
      'a missing field',
      (request, { body }) => request === details && delete body.statusLastUpdateTime,
      ['drift   getConnection: 200\n  drift: the required field statusLastUpdateTime is missing.\n'],
      [],
    ],
    [
      'a missing field in each item of a list',
      (request, { body }) =>
        request.startsWith('GET /connection/company/') && delete body.connections?.[0].status,
      ['drift   listConnections: 200\n  drift: the required field connections[].status is missing.\n'],
      ['Connection (example): the required field connections[].status is missing.'],
    ],
    [
      'a null',
      (request, { body }) => request === details && Object.assign(body, { multiplyByOccupancy: null }),
      ['drift   getConnection: 200\n  drift: multiplyByOccupancy is null, and must be boolean.\n'],
      ['Connection.multiplyByOccupancy (inferred): multiplyByOccupancy is null, and must be boolean.'],
    ],
    [
      'another format',
      (request, { body }) => request === details && Object.assign(body, { updated: 'yesterday' }),
      ['drift   getConnection: 200\n  drift: updated must match format "date-time".\n'],
      ['Connection (example): updated must match format "date-time".'],
    ],
    [
      'another status code',
      (request, reply) => request === creation && Object.assign(reply, { status: 200 }),
      ['drift   createReconnectInvitation: 200\n  drift: the status is 200, where the contract says 201.\n'],
      ['createReconnectInvitation 201 (inferred): the service answered 200.'],
    ],
    [
      'a status code that is not documented',
      (request, reply) => request === details && Object.assign(reply, { status: 418 }),
      [
        'drift   getConnection: 418\n  drift: the status 418 is not documented (documented: 200, 400, 401, 403, 404, 429).',
      ],
      [],
    ],
    [
      'another error shape',
      (_, reply) => reply.status === 401 && Object.assign(reply, { body: { error: 'No.' } }),
      [
        'drift   ping with a wrong key: 401\n' +
          '  drift: the error has another shape: the required field detail is missing.\n' +
          '  new: the field error is not in the contract.\n',
      ],
      ['ErrorDetail.detail (inferred): the required field detail is missing.'],
    ],
    [
      'an error that is no JSON',
      (_, reply) =>
        reply.status === 401 &&
        Object.assign(reply, { body: '<h1>No</h1>', headers: { 'content-type': 'text/html' } }),
      ['drift   ping with a wrong key: 401\n  drift: the body is not valid JSON.\n', 'text/html'],
      [],
    ],
    [
      'a success that is no JSON',
      (request, reply) => request === details && Object.assign(reply, { body: '{"id":' }),
      ['drift   getConnection: 200\n  drift: the body is not valid JSON.\n'],
      [],
    ],
    [
      'another status for an unknown id',
      (_, reply) => reply.status === 404 && Object.assign(reply, { status: 403 }),
      [
        'drift   getConnection with an unknown id: 403\n  drift: the status is 403, where the contract says 404.\n',
      ],
      ['ConnectionNotFound (inferred): the service answered 403.'],
    ],
    [
      'a wrong key that is accepted',
      (request, reply) => request === 'GET /ping' && Object.assign(reply, { status: 200 }),
      ['drift   ping with a wrong key: 200\n  drift: the status is 200, where the contract says 401.\n'],
      [],
    ],
  ])('%s is drift', async (_, mutate, lines, refuted) => {
    const { report, drift } = await verifyMutated(mutate, true);
    for (const line of lines) expect(report).toContain(line);
    expect(section(report, 'Refuted by the service')).toEqual(
      refuted.length > 0 ? expect.arrayContaining(refuted) : [''],
    );
    for (const line of refuted) {
      const [name = ''] = line.split(' (');
      expect(
        section(report, 'Confirmed by the service').filter((each) => each.startsWith(`${name} (`)),
      ).toEqual([]);
    }
    expect(drift).toBe(true);
  });

  test.each<[string, Mutation, string]>([
    [
      'a value of an open list',
      (request, { body }) => request === details && Object.assign(body, { status: 'ASLEEP' }),
      'new     getConnection: 200\n  new: status has the value ASLEEP, which the contract does not know.\n',
    ],
    [
      'a field',
      (request, { body }) => request === details && Object.assign(body.datasource, { logo: 'x' }),
      'new     getConnection: 200\n  new: the field datasource.logo is not in the contract.\n',
    ],
  ])('%s that nobody has heard of is new, and no drift', async (_, mutate, lines) => {
    const { report, drift } = await verifyMutated(mutate);
    expect(report).toContain(lines);
    expect(drift).toBe(false);
  });

  test('what the contract leaves open is shown by its names', async () => {
    const { report, drift } = await verifyMutated((request, { body }) => {
      if (request === details) body.accounts = [{ accountNumber: '4410-229-817', isTracked: true }];
    });
    expect(report).toContain('  left open by the contract: accounts[].accountNumber is a string.\n');
    expect(report).toContain('\nNo drift, nothing new.');
    expect(drift).toBe(false);
  });

  test('a fault of a hundred items is told once, even though Prism has no room to tell of each', async () => {
    const { report } = await verifyMutated((request, { body }) => {
      if (!request.startsWith('GET /connection/company/') || !body.connections) return;
      const { status: _, ...incomplete } = body.connections[0];
      body.connections = Array.from({ length: 100 }, () => incomplete);
    });
    expect(report).toMatch(
      /^drift {3}listConnections: 200\n {2}drift: the required field connections\[\]\.status is missing \(\d+ times\)\.\n {2}drift: there are more violations than Prism can list\.\n\S/m,
    );
  });
});
