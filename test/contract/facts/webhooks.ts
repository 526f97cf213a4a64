import type { Facts } from './read-facts.ts';
import { delivery } from './shared.ts';

/** The events of connections. Nothing says which field is always there, so hardly any is required. */
export const webhooks: Facts = {
  'connection.created.v2': {
    id: 'onConnectionCreated',
    from: 'stated /developer-guide/webhooks and /cookbooks/webhooks',
    body: 'ConnectionEvent, required',
    ...delivery,
  },
  'connection.updated.v2': {
    id: 'onConnectionUpdated',
    from: 'stated /developer-guide/webhooks and /cookbooks/webhooks',
    body: 'ConnectionUpdatedEvent, required',
    ...delivery,
  },
  'connection.validated.v2': {
    id: 'onConnectionValidated',
    from: 'stated /developer-guide/webhooks and /cookbooks/webhooks',
    body: 'ConnectionEvent, required',
    ...delivery,
  },
  ConnectionEvent: {
    from: 'example https://www.svix.com/event-types/us/org_2lcadzZQYHMkBhdS4mabFA6pCwx',
    is: 'object',
    id: 'string<uuid>, required',
    eventType: 'ConnectionEventType',
    created: 'string',
    updated: 'string',
    status: 'ConnectionStatus, required',
    url: 'string',
    country: 'string',
    datasource: 'Datasource',
    company: 'Company',
    emails: 'string[]',
    accounts: 'ConnectionEventAccount[]',
    initialSites: 'string<uuid>[]',
    initialDatasourceTypes: 'UtilityType[]',
    username: 'string',
    workflowOwnerEmail: 'string',
    dataCollectionStartDate: 'string<date>',
    multiplyByOccupancy: 'boolean',
  },
  ConnectionUpdatedEvent: {
    from: 'stated /cookbooks/webhooks',
    is: 'ConnectionEvent & object',
    protectedChanges: 'anything[]',
    old: 'object, open',
  },
  ConnectionEventType: {
    from: 'inferred /developer-guide/webhooks',
    is: 'string, documented connection.created.v2 connection.updated.v2 connection.validated.v2',
  },
  ConnectionEventAccount: {
    from: 'example https://www.svix.com/event-types/us/org_2lcadzZQYHMkBhdS4mabFA6pCwx',
    is: 'object',
    id: 'string<uuid>',
    accountNumber: 'string',
    dataCollectionStartDate: 'string<date>',
    datasourceTypes: 'UtilityType[]',
    isCollectingInvoiceData: 'boolean',
    isCollectingSmartMeterData: 'boolean',
    isDuplicated: 'boolean | string',
    isTracked: 'boolean',
    lastServiceDate: 'string<date> (inferred)',
    meters: 'string<uuid>[]',
  },
};
