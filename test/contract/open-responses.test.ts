import { describe, expect, test } from 'vitest';
import { schemaChecker } from './ajv.ts';
import { loadContract } from './contract.ts';
import { eventForms } from './event-forms.ts';

const contract = await loadContract();
const check = schemaChecker(contract);

describe('future responses of the vendor match the contract', () => {
  const { value: invitation } = contract.components.examples.RestrictedToOneAddressInvitation;

  test.each<[string, object]>([
    ['a status that nobody has heard of', { status: 'PAUSED' }],
    ['a type that nobody has heard of', { invitationType: 'DELETE_CONNECTION' }],
    ['a field that nobody has heard of', { note: { text: 'Hello.' } }],
    ['a prefill with more in it', { prefill: { datasourceId: 17, note: 'Hello.' } }],
  ])('%s', (_name, change) => {
    expect(check('#/components/schemas/Invitation', { ...invitation, ...change })).toEqual([]);
  });

  test.each<[unknown]>([[{}], [[]], ['revoked'], [null]])('any response to a revocation: %j', (body) => {
    expect(check('#/components/schemas/Revocation', body)).toEqual([]);
  });

  test('any entry in the log of an invitation', () => {
    const detail = { ...invitation, events: [{ type: 'VIEWED', at: 1 }, {}] };
    expect(check('#/components/schemas/InvitationDetail', detail)).toEqual([]);
  });
});

describe('fields that are documented as always present are required', () => {
  const { value: invitation } = contract.components.examples.RestrictedToOneAddressInvitation;

  test.each(Object.keys(invitation))('an invitation without %s is refused', (field) => {
    const { [field]: _, ...rest } = invitation;
    expect(check('#/components/schemas/Invitation', rest)).toEqual([
      `/ must have required property '${field}'`,
    ]);
  });
});

describe('the events match in every form that the vendor has shown', () => {
  test.each(eventForms)('%s', (_name, payload) => {
    expect(check('#/components/schemas/ConnectionEvent', payload)).toEqual([]);
    expect(
      check('#/components/schemas/ConnectionUpdatedEvent', { ...payload, old: { status: 'x' } }),
    ).toEqual([]);
  });
});
