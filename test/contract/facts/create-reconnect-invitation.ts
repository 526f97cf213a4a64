import type { OperationFacts } from './operation-facts.ts';

/** The vendor's page of the operation, fact by fact, in its own order and notation. */
export const createReconnectInvitation: OperationFacts = {
  page: '/api-reference/v2-0/invitations/create-reconnect-invitation',
  operation: 'POST /invitation/connection/{connection_id}',
  parameters: {
    connection_id: 'path, string<uuid>, required',
  },
  request: {
    allowedEmails: '(string<email>, at least 1 character)[]',
    expiresInSeconds: 'integer, at least 60',
    maxUses: 'integer, at least 1',
    sendEmail: 'boolean, default false',
  },
  success: '201 (inferred)',
  response: {
    id: 'string<uuid>, required',
    token: 'string, secret, required',
    invitationType: 'string, documented CREATE_CONNECTION EDIT_CONNECTION, required',
    status: 'string, documented ACTIVE EXPIRED REVOKED FULFILLED, required',
    invitationUrl: 'string, secret, required',
    companyId: 'string<uuid>, required',
    connectionId: 'string<uuid> | null, required',
    allowedEmails: 'string<email>[], required',
    expiresAt: 'string<date-time> | null, required',
    maxUses: 'integer | null, required',
    useCount: 'integer, required',
    createdAt: 'string<date-time>, required',
    prefill: 'object, required',
    'prefill.url': 'string (example)',
    'prefill.initialSites': 'string<uuid>[] (example)',
    'prefill.utilityTypes':
      '(string, documented ELECTRICITY GAS WATER DISTRICT WASTE FUEL MISC REFRIGERANT SOLAR TELECOM (inferred))[] (example)',
    'prefill.country': 'string, at least 2 characters, at most 2 characters (inferred)',
    'prefill.connectionOwnerEmail': 'string<email> (example)',
    'prefill.dataCollectionStartDate': 'string<date> (example)',
    createdConnections: 'object[], required',
    'createdConnections[].id': 'string<uuid> (example)',
    'createdConnections[].datasourceName': 'string (example)',
    'createdConnections[].status': 'string (example)',
    'createdConnections[].created': 'string<date-time> (example)',
  },
  errors: ['400', '401', '403', '404 (inferred)', '429'],
};
