import { describe, expect, test } from 'vitest';
import { useMock } from '../round-trip/mock.ts';
import { creation, details, section, verifyMutated } from './run.ts';
import type { Mutation } from './service.ts';

const mock = useMock();

describe('a service that differs is reported with the place', () => {
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
      'a value that breaks the component it is of',
      (request, { body }) => request === details && Object.assign(body, { country: 'USA' }),
      ['drift   getConnection: 200\n  drift: country must NOT have more than 2 characters.\n'],
      ['CountryCode (inferred): country must NOT have more than 2 characters.'],
    ],
    [
      'another status code',
      (request, reply) => request === creation && Object.assign(reply, { status: 200 }),
      ['drift   createReconnectInvitation: 200\n  drift: the status is 200, but the contract says 201.\n'],
      ['createReconnectInvitation 201 (inferred): the service responded with 200.'],
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
      'an error that is not JSON',
      (_, reply) =>
        reply.status === 401 &&
        Object.assign(reply, { body: '<h1>No</h1>', headers: { 'content-type': 'text/html' } }),
      ['drift   ping with a wrong key: 401\n  drift: the body is not valid JSON.\n', 'text/html'],
      [],
    ],
    [
      'a success that is not JSON',
      (request, reply) => request === details && Object.assign(reply, { body: '{"id":' }),
      ['drift   getConnection: 200\n  drift: the body is not valid JSON.\n'],
      [],
    ],
    [
      'an empty success',
      (request, reply) => request === details && Object.assign(reply, { body: '' }),
      ['drift   getConnection: 200\n  drift: the body is empty.\n'],
      [],
    ],
    [
      'a service that does not know the operation',
      (request, reply) => request === creation && Object.assign(reply, { status: 501 }),
      ['drift   createReconnectInvitation: 501\n  drift: the status 501 is not documented'],
      [],
    ],
    [
      'another status for an unknown id',
      (_, reply) => reply.status === 404 && Object.assign(reply, { status: 403 }),
      [
        'drift   getConnection with an unknown id: 403\n  drift: the status is 403, but the contract says 404.\n',
      ],
      ['ConnectionNotFound (inferred): the service responded with 403.'],
    ],
    [
      'a wrong key that is accepted',
      (request, reply) => request === 'GET /ping' && Object.assign(reply, { status: 200 }),
      ['drift   ping with a wrong key: 200\n  drift: the status is 200, but the contract says 401.\n'],
      [],
    ],
  ])('%s is drift', async (_, mutate, lines, refuted) => {
    const { report, drift } = await verifyMutated(mock.url, mutate, true);
    for (const line of lines) expect(report).toContain(line);
    expect(section(report, 'Refuted by this server')).toEqual(
      refuted.length > 0 ? expect.arrayContaining(refuted) : [''],
    );
    for (const line of refuted) {
      const [name = ''] = line.split(' (');
      expect(
        section(report, 'Confirmed by this server').filter((each) => each.startsWith(`${name} (`)),
      ).toEqual([]);
    }
    expect(drift).toBe(true);
  });

  test.each<[string, Mutation, string]>([
    [
      'a value of an open list',
      (request, { body }) => request === details && Object.assign(body, { status: 'ASLEEP' }),
      'new     getConnection: 200\n  new: status has the value ASLEEP, which the contract does not list.\n',
    ],
    [
      'a field',
      (request, { body }) => request === details && Object.assign(body.datasource, { logo: 'x' }),
      'new     getConnection: 200\n  new: the field datasource.logo is not in the contract.\n',
    ],
  ])('an unknown %s is new, and not drift', async (_, mutate, lines) => {
    const { report, drift } = await verifyMutated(mock.url, mutate);
    expect(report).toContain(lines);
    expect(drift).toBe(false);
  });

  test('parts that the contract leaves open are listed by name', async () => {
    const { report, drift } = await verifyMutated(mock.url, (request, { body }) => {
      if (request === details) body.accounts = [{ accountNumber: '4410-229-817', isTracked: true }];
    });
    expect(report).toContain('  left open by the contract: accounts[].accountNumber is a string.\n');
    expect(report).toContain('\nNo drift, nothing new.');
    expect(drift).toBe(false);
  });

  test('a violation in a hundred items is reported once', async () => {
    const { report } = await verifyMutated(mock.url, (request, { body }) => {
      if (!request.startsWith('GET /connection/company/') || !body.connections) return;
      const { status: _, ...incomplete } = body.connections[0];
      body.connections = Array.from({ length: 100 }, () => incomplete);
    });
    expect(report).toContain(
      'drift   listConnections: 200\n  drift: the required field connections[].status is missing (100 times).\nok ',
    );
  });

  test('values and strange names stay out of the report: they can be secrets, or contain control characters', async () => {
    const { report } = await verifyMutated(mock.url, (request, { body }) => {
      if (request !== details) return;
      Object.assign(body, { status: 'two words', 'dana@harborstreet.example': 1, '\u001b[2J': 1 });
    });
    expect(report).toContain('status has the value (a text of 9 characters), which');
    expect(report).toContain('the field (a text of 25 characters) is not in the contract');
    expect(report).toContain('the field (a text of 4 characters) is not in the contract');
    for (const hidden of ['two words', 'dana@', '\u001b']) expect(report).not.toContain(hidden);
  });
});
