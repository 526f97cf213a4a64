import { describe, expect, test } from 'vitest';
import { type Json, loadContract } from './contract.ts';
import { connections } from './facts/connections.ts';
import { differences } from './facts/differences.ts';
import { otherInvitations } from './facts/other-invitations.ts';
import { readFacts } from './facts/read-facts.ts';
import { reconnectPage } from './facts/reconnect-page.ts';
import { webhooks } from './facts/webhooks.ts';

const contract = await loadContract();
const pages = { ...reconnectPage, ...otherInvitations, ...connections, ...webhooks };

test('the contract contains the facts of the pages, and nothing else', () => {
  expect(differences(pages, readFacts(contract))).toEqual([]);
});

test('the servers are those of the vendor, the one of the page first', () => {
  expect(contract.servers.map(({ url }: Json) => url)).toEqual([
    'https://external.nectarclimate.com/v2',
    'https://external.nectarclimate.com/v2.2',
    'https://external.nectarclimate.com/v2.1',
  ]);
});

test('every operation takes the key in the header X-API-KEY', () => {
  expect(contract.security).toEqual([{ ApiKey: [] }]);
  expect(contract.components.securitySchemes.ApiKey).toMatchObject({
    type: 'apiKey',
    in: 'header',
    name: 'X-API-KEY',
    'x-env': 'NECTAR_API_KEY',
  });
  expect(JSON.stringify(contract.paths)).not.toContain('"security"');
});

test('a status can be filtered by exactly when it is documented', () => {
  const { schemas, parameters } = contract.components;
  expect(parameters.ConnectionStatusFilter.schema.enum).toEqual(
    Object.keys(schemas.ConnectionStatus['x-enumDescriptions']),
  );
});

describe('a changed fact fails with its name', () => {
  const schema = (name: string, change: (schema: Json) => void) => (copy: Json) =>
    change(copy.components.schemas[name]);
  const field = (name: string, change: (fields: Json) => void) =>
    schema(name, ({ properties }) => change(properties));
  const post = (change: (operation: Json) => void) => (copy: Json) =>
    change(copy.paths['/invitation/connection/{connection_id}'].post);

  const request = 'CreateReconnectInvitationRequest';
  const reconnect = 'POST /invitation/connection/{connection_id}';
  test.each<[string, (copy: Json) => void]>([
    [
      `${request} expiresInSeconds`,
      field(request, (fields) => Object.assign(fields.expiresInSeconds, { minimum: 61 })),
    ],
    [`${request} maxUses`, field(request, (fields) => Object.assign(fields.maxUses, { maximum: 100 }))],
    [`${request} sendEmail`, field(request, (fields) => delete fields.sendEmail.default)],
    [
      `${request} allowedEmails`,
      field(request, (fields) => Object.assign(fields.allowedEmails.items, { pattern: 'x' })),
    ],
    [`${request} note`, field(request, (fields) => Object.assign(fields, { note: { type: 'string' } }))],
    [`${request} is`, schema(request, (body) => Object.assign(body, { additionalProperties: false }))],
    [
      'Invitation connectionId',
      field('Invitation', (fields) => Object.assign(fields.connectionId, { type: 'string' })),
    ],
    ['Invitation createdAt', field('Invitation', (fields) => delete fields.createdAt.format)],
    [
      'Invitation prefill',
      schema('Invitation', ({ required }) => required.splice(required.indexOf('prefill'), 1)),
    ],
    ['Invitation useCount', field('Invitation', (fields) => delete fields.useCount)],
    ['Invitation token', field('Invitation', (fields) => delete fields.token['x-secret'])],
    [
      'InvitationStatus is',
      schema('InvitationStatus', (status) => delete status['x-enumDescriptions'].EXPIRED),
    ],
    [
      'InvitationType is',
      schema('InvitationType', (type) => Object.assign(type, { enum: ['EDIT_CONNECTION'] })),
    ],
    [
      'InvitationPrefill from',
      schema('InvitationPrefill', (prefill) =>
        Object.assign(prefill['x-provenance'], { certainty: 'stated' }),
      ),
    ],
    ['InvitationDetail events', schema('InvitationDetail', ({ allOf }) => delete allOf[1].properties.events)],
    ['Connection publicCompanyId', field('Connection', (fields) => delete fields.publicCompanyId.deprecated)],
    [
      'ConnectionEvent created',
      field('ConnectionEvent', (fields) => Object.assign(fields.created, { format: 'date-time' })),
    ],
    [
      `${reconnect} path connection_id`,
      (copy) => delete copy.components.parameters.ConnectionId.schema.format,
    ],
    [`${reconnect} body`, post(({ requestBody }) => Object.assign(requestBody, { required: true }))],
    [`${reconnect} 201`, post(({ responses }) => delete responses[201])],
    [`${reconnect} 403`, post(({ responses }) => delete responses[403])],
    [`${reconnect} 429`, (copy) => delete copy.components.responses.TooManyRequests.headers],
    [
      `${reconnect} from`,
      post((operation) => Object.assign(operation['x-provenance'], { source: '/elsewhere' })),
    ],
    [`${reconnect} x-idempotent`, post((operation) => Object.assign(operation, { 'x-idempotent': true }))],
    [
      'GET /company id',
      (copy) =>
        Object.assign(copy.paths, { '/company': { get: structuredClone(contract.paths['/ping'].get) } }),
    ],
  ])('%s', (fact, change) => {
    const copy = structuredClone(contract);
    change(copy);
    const found = differences(pages, readFacts(copy));
    expect(found.map((difference) => difference.split(':')[0])).toContain(fact);
  });
});
