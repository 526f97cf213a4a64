import { describe, expect, test } from 'vitest';
import { type Json, loadContract } from './contract.ts';
import { createReconnectInvitation } from './facts/create-reconnect-invitation.ts';
import { differences } from './facts/differences.ts';
import { readFacts } from './facts/operation-facts.ts';

const contract = await loadContract();

test('createReconnectInvitation says what its page says', () => {
  expect(differences(createReconnectInvitation, readFacts(contract, 'createReconnectInvitation'))).toEqual(
    [],
  );
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
  });
  expect(JSON.stringify(contract.paths)).not.toContain('"security"');
});

describe('a changed fact fails by its name', () => {
  const request = (change: (fields: Json) => void) => (copy: Json) =>
    change(copy.components.schemas.CreateReconnectInvitationRequest.properties);
  const answer = (change: (schema: Json) => void) => (copy: Json) =>
    change(copy.components.schemas.Invitation);
  const post = (change: (operation: Json) => void) => (copy: Json) =>
    change(copy.paths['/invitation/connection/{connection_id}'].post);

  test.each<[string, (copy: Json) => void]>([
    [
      'request expiresInSeconds',
      request((fields) => Object.assign(fields.expiresInSeconds, { minimum: 61 })),
    ],
    ['request maxUses', request((fields) => Object.assign(fields.maxUses, { maximum: 100 }))],
    ['request sendEmail', request((fields) => delete fields.sendEmail.default)],
    [
      'request allowedEmails',
      request((fields) => Object.assign(fields.allowedEmails.items, { pattern: 'x' })),
    ],
    ['request note', request((fields) => Object.assign(fields, { note: { type: 'string' } }))],
    [
      'response connectionId',
      answer(({ properties }) => Object.assign(properties.connectionId, { type: 'string' })),
    ],
    ['response createdAt', answer(({ properties }) => delete properties.createdAt.format)],
    ['response prefill', answer(({ required }) => required.splice(required.indexOf('prefill'), 1))],
    ['response useCount', answer(({ properties }) => delete properties.useCount)],
    ['response token', answer(({ properties }) => delete properties.token['x-secret'])],
    [
      'response status',
      (copy) => delete copy.components.schemas.InvitationStatus['x-enumDescriptions'].EXPIRED,
    ],
    [
      'response invitationType',
      (copy) => Object.assign(copy.components.schemas.InvitationType, { enum: ['A'] }),
    ],
    [
      'response prefill.url',
      (copy) =>
        Object.assign(copy.components.schemas.InvitationPrefill['x-provenance'], { certainty: 'stated' }),
    ],
    ['parameters connection_id', (copy) => delete copy.components.parameters.ConnectionId.schema.format],
    ['success', post(({ responses }) => Object.assign(responses, { 200: responses[201] }))],
    ['errors', post(({ responses }) => delete responses[403])],
    ['page', post((operation) => Object.assign(operation['x-provenance'], { source: '/elsewhere' }))],
  ])('%s', (fact, change) => {
    const copy = structuredClone(contract);
    change(copy);
    const found = differences(createReconnectInvitation, readFacts(copy, 'createReconnectInvitation'));
    expect(found.map((difference) => difference.split(':')[0])).toContain(fact);
  });
});
