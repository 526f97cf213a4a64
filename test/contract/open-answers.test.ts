import { describe, expect, test } from 'vitest';
import { schemaChecker } from './ajv.ts';
import { type Json, loadContract } from './contract.ts';

const contract = await loadContract();
const check = schemaChecker(contract);
const uuid = '3c90c3cc-0d44-4b50-8888-8dd25736052a';

describe('what the vendor may send tomorrow fits', () => {
  const { value: invitation } = contract.components.examples.RestrictedToOneAddressInvitation;

  test.each<[string, object]>([
    ['a status that nobody has heard of', { status: 'PAUSED' }],
    ['a type that nobody has heard of', { invitationType: 'DELETE_CONNECTION' }],
    ['a field that nobody has heard of', { note: { text: 'Hello.' } }],
    ['a prefill with more in it', { prefill: { datasourceId: 17, note: 'Hello.' } }],
  ])('%s', (_name, change) => {
    expect(check('#/components/schemas/Invitation', { ...invitation, ...change })).toEqual([]);
  });

  test.each<[unknown]>([[{}], [[]], ['revoked'], [null]])('any answer to a revocation: %j', (answer) => {
    expect(check('#/components/schemas/Revocation', answer)).toEqual([]);
  });

  test('any entry in the log of an invitation', () => {
    const detail = { ...invitation, events: [{ type: 'VIEWED', at: 1 }, {}] };
    expect(check('#/components/schemas/InvitationDetail', detail)).toEqual([]);
  });
});

describe('what is documented as always there is demanded', () => {
  const { value: invitation } = contract.components.examples.RestrictedToOneAddressInvitation;

  test.each(Object.keys(invitation))('an invitation without %s is refused', (field) => {
    const { [field]: _, ...rest } = invitation;
    expect(check('#/components/schemas/Invitation', rest)).toEqual([
      `/ must have required property '${field}'`,
    ]);
  });
});

describe('the events fit in every form that the vendor has shown', () => {
  const company = { externalId: 'string', id: uuid, name: 'string' };
  const common = { id: uuid, status: 'string', updated: '2025-05-30T22:11:25.147389228', url: 'string' };
  const created = { ...common, created: '2025-05-30T22:11:25.147377632' };

  test.each<[string, Json]>([
    [
      'the guide, 2024',
      { ...created, created: '2024-09-06T00:15:43.073014', company, datasource: { name: 'string' } },
    ],
    [
      'October 2024, with sites',
      {
        ...created,
        company: { ...company, publicId: uuid },
        country: 'string',
        datasource: { name: 'string' },
        emails: ['email'],
        eventType: 'string',
        sitesRelations: [
          { accountIds: ['string'], datasourceTypes: ['string'], site: { id: uuid, name: 'string' } },
        ],
      },
    ],
    [
      'April 2025, with accounts that have no id',
      {
        ...created,
        accounts: [
          { accountNumber: 'string', datasourceTypes: ['string'], endDate: '2025-04-23', isTracked: true },
        ],
        company,
        emails: ['email'],
        protectedChanges: [],
      },
    ],
    [
      'May 2025',
      {
        ...created,
        accounts: [
          {
            accountNumber: 'string',
            dataCollectionStartDate: '2025-05-30',
            id: uuid,
            isCollectingInvoiceData: true,
            isCollectingSmartMeterData: true,
            isDuplicated: true,
            isTracked: true,
            meters: [uuid],
          },
        ],
        company,
        country: 'string',
        datasource: { name: 'string', url: 'string' },
        emails: ['email'],
        eventType: 'string',
      },
    ],
    [
      'September 2025, without company and datasource',
      {
        ...created,
        accounts: [{ id: uuid, isDuplicated: 'string', lastServiceDate: '2025-09-13', meters: [uuid] }],
        initialDatasourceTypes: ['string'],
        initialSites: [uuid],
        multiplyByOccupancy: true,
        username: 'string',
        workflowOwnerEmail: 'email',
      },
    ],
  ])('%s', (_name, payload) => {
    expect(check('#/components/schemas/ConnectionEvent', payload)).toEqual([]);
    expect(
      check('#/components/schemas/ConnectionUpdatedEvent', { ...payload, old: { status: 'x' } }),
    ).toEqual([]);
  });
});
