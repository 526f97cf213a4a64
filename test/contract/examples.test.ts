import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { schemaChecker } from './ajv.ts';
import { type Json, loadContract } from './contract.ts';
import { findExamples } from './examples.ts';

const contract = await loadContract();
const check = schemaChecker(contract);
const examples = findExamples(contract);

test.each(examples)('$place fits its schema', ({ schema, value }) => {
  expect(check(schema, value)).toEqual([]);
});

test('every body that can be sent or received has named examples', () => {
  const bodies: string[] = [];
  const without: string[] = [];
  JSON.stringify(contract, (key, node) => {
    if (key === 'application/json') {
      bodies.push(key);
      if (Object.keys(node.examples ?? {}).length === 0) without.push(JSON.stringify(node));
    }
    return node;
  });
  expect(bodies.length).toBeGreaterThan(0);
  expect(without).toEqual([]);
});

describe('an invalid value is found', () => {
  const body = '#/components/schemas/CreateReconnectInvitationRequest';
  test.each<[Json, string]>([
    [{ expiresInSeconds: 59 }, '/expiresInSeconds must be >= 60'],
    [{ expiresInSeconds: 60.5 }, '/expiresInSeconds must be integer'],
    [{ expiresInSeconds: '60' }, '/expiresInSeconds must be integer'],
    [{ maxUses: 0 }, '/maxUses must be >= 1'],
    [{ allowedEmails: ['nobody'] }, '/allowedEmails/0 must match format "email"'],
    [{ allowedEmails: 'owner@example.com' }, '/allowedEmails must be array'],
    [{ sendEmail: 'yes' }, '/sendEmail must be boolean'],
    [[], '/ must be object'],
  ])('%j', (value, complaint) => {
    expect(check(body, value)).toEqual([complaint]);
  });
});

describe("the vendor's documented examples", () => {
  test('the request is accepted word for word', () => {
    const request = fixture('create-reconnect-invitation.request.json');
    expect(check('#/components/schemas/CreateReconnectInvitationRequest', request)).toEqual([]);
  });

  test('the response fits, placeholders included', () => {
    const response = fixture('create-reconnect-invitation.response.json');
    expect(check('#/components/schemas/Invitation', response)).toEqual([]);
  });

  test('the contract knows each of their fields, and no other', () => {
    const { components } = contract;
    const names = (value: object) => Object.keys(value);
    const request = fixture('create-reconnect-invitation.request.json');
    const response = fixture('create-reconnect-invitation.response.json');
    expect(names(components.schemas.CreateReconnectInvitationRequest.properties)).toEqual(names(request));
    expect(names(components.schemas.Invitation.properties)).toEqual(names(response));
    // The guide names one more for requests, which the example of the response lacks.
    expect(names(components.schemas.InvitationPrefill.properties)).toEqual([
      'datasourceId',
      ...names(response.prefill),
    ]);
    expect(names(components.schemas.CreatedConnection.properties)).toEqual(
      names(response.createdConnections[0]),
    );
  });
});

function fixture(name: string): Json {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));
}
