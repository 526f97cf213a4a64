import type { Facts } from './read-facts.ts';
import { errors } from './shared.ts';

/** The other operations on invitations. The vendor documents them in part only. */
export const otherInvitations: Facts = {
  'POST /invitation/company/{company_id}': {
    id: 'createConnectionInvitation',
    from: 'stated /api-reference/v2-0/invitations/create-connection-invitation and /developer-guide/connection-invitations and /platform/data-input/invitations',
    'path company_id': 'string<uuid>, required',
    body: 'CreateConnectionInvitationRequest (inferred)',
    '201': 'Invitation (inferred)',
    ...errors,
  },
  'GET /invitation/company/{company_id}': {
    id: 'listInvitations',
    from: 'stated /developer-guide/magic-link-integration and /developer-guide/connection-invitations',
    'path company_id': 'string<uuid>, required',
    'query page': 'integer, default 1 (inferred)',
    '200': 'InvitationPage (inferred)',
    ...errors,
  },
  'GET /invitation/{invitation_id}': {
    id: 'getInvitation',
    from: 'stated /api-reference/v2-2/invitations/get-invitation-detail and /platform/data-input/faq',
    'path invitation_id': 'string<uuid>, required',
    '200': 'InvitationDetail (inferred)',
    ...errors,
  },
  'POST /invitation/{invitation_id}/revoke': {
    id: 'revokeInvitation',
    from: 'stated /developer-guide/magic-link-integration and /developer-guide/connection-invitations',
    'path invitation_id': 'string<uuid>, required',
    'x-idempotent': 'true',
    '200': 'Revocation (inferred)',
    ...errors,
  },
  CreateConnectionInvitationRequest: {
    from: 'stated /api-reference/v2-0/invitations/create-connection-invitation',
    is: 'object',
    allowedEmails: '(string<email>, at least 1 character)[]',
    expiresInSeconds: 'integer, at least 60',
    maxUses: 'integer, at least 1',
    sendEmail: 'boolean, default false',
    prefill: 'InvitationPrefill',
  },
  InvitationPage: {
    from: 'inferred /cookbooks/pagination',
    is: 'object, open',
    totalInvitations: 'integer',
    perPage: 'integer',
    totalPages: 'integer',
    currentPage: 'integer',
    hasNext: 'boolean',
    hasPrevious: 'boolean',
    invitations: 'Invitation[]',
  },
  InvitationDetail: {
    from: 'stated /api-reference/v2-2/invitations/get-invitation-detail',
    is: 'Invitation & object',
    events: 'InvitationEvent[] (inferred)',
  },
  InvitationEvent: {
    from: 'inferred /api-reference/v2-2/invitations/get-invitation-detail',
    is: 'object, open',
  },
  Revocation: {
    from: 'inferred /developer-guide/magic-link-integration',
    is: 'anything',
  },
};
