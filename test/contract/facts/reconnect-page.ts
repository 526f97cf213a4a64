import type { Facts } from './read-facts.ts';
import { errors } from './shared.ts';

/** The page "Create Reconnect Invitation" of the vendor, the authority for the operation: fact by fact, in its order and notation. */
export const reconnectPage: Facts = {
  'POST /invitation/connection/{connection_id}': {
    id: 'createReconnectInvitation',
    from: 'stated /api-reference/v2-0/invitations/create-reconnect-invitation and /platform/data-input/invitations',
    'path connection_id': 'string<uuid>, required',
    body: 'CreateReconnectInvitationRequest (inferred)',
    '201': 'Invitation (inferred)',
    ...errors,
  },
  CreateReconnectInvitationRequest: {
    from: 'stated /api-reference/v2-0/invitations/create-reconnect-invitation',
    is: 'object',
    allowedEmails: '(string<email>, at least 1 character)[]',
    expiresInSeconds: 'integer, at least 60',
    maxUses: 'integer, at least 1',
    sendEmail: 'boolean, default false',
  },
  Invitation: {
    from: 'stated /api-reference/v2-0/invitations/create-reconnect-invitation',
    is: 'object',
    id: 'string<uuid>, required',
    token: 'string, secret, required',
    invitationType: 'InvitationType, required',
    status: 'InvitationStatus, required',
    invitationUrl: 'string, secret, required',
    companyId: 'string<uuid>, required',
    connectionId: 'string<uuid> | null, required',
    allowedEmails: 'string<email>[], required',
    expiresAt: 'string<date-time> | null, required',
    maxUses: 'integer | null, required',
    useCount: 'integer, required',
    createdAt: 'string<date-time>, required',
    prefill: 'InvitationPrefill, required',
    createdConnections: 'CreatedConnection[], required',
  },
  InvitationType: {
    from: 'stated /api-reference/v2-0/invitations/create-reconnect-invitation',
    is: 'string, documented CREATE_CONNECTION EDIT_CONNECTION',
  },
  InvitationStatus: {
    from: 'stated /api-reference/v2-0/invitations/create-reconnect-invitation',
    is: 'string, documented ACTIVE EXPIRED REVOKED FULFILLED',
  },
  InvitationPrefill: {
    from: 'example /api-reference/v2-0/invitations/create-reconnect-invitation',
    is: 'object',
    datasourceId: 'anything (inferred)',
    url: 'string',
    initialSites: 'string<uuid>[]',
    utilityTypes: 'UtilityType[]',
    country: 'CountryCode',
    connectionOwnerEmail: 'string<email>',
    dataCollectionStartDate: 'string<date>',
  },
  CreatedConnection: {
    from: 'example /api-reference/v2-0/invitations/create-reconnect-invitation',
    is: 'object',
    id: 'string<uuid>',
    datasourceName: 'string',
    status: 'string',
    created: 'string<date-time>',
  },
  UtilityType: {
    from: 'inferred /api-reference/v2-0/invitations/create-reconnect-invitation',
    is: 'string, documented ELECTRICITY GAS WATER DISTRICT WASTE FUEL MISC REFRIGERANT SOLAR TELECOM',
  },
  CountryCode: {
    from: 'inferred /developer-guide/sandbox-testing',
    is: 'string, at least 2 characters, at most 2 characters',
  },
};
