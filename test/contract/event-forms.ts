import type { Json } from './contract.ts';

const uuid = '3c90c3cc-0d44-4b50-8888-8dd25736052a';
const company = { externalId: 'string', id: uuid, name: 'string' };
const common = { id: uuid, status: 'string', updated: '2025-05-30T22:11:25.147389228', url: 'string' };
const created = { ...common, created: '2025-05-30T22:11:25.147377632' };

/** A payload in each form that the vendor has shown, oldest first, with the placeholders of its samples. */
export const eventForms: [string, Json][] = [
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
];
