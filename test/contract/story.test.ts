import { describe, expect, test } from 'vitest';
import { type Json, loadContract, resolve } from './contract.ts';

const contract = await loadContract();
const examples = Object.values<Json>(contract.components.examples).map(({ value }) => value);
const things = examples.flatMap((value) => [
  value,
  ...(value.connections ?? []),
  ...(value.invitations ?? []),
]);
const invitations: Json[] = things.filter((thing) => 'invitationUrl' in thing);

describe.each(['/invitation/connection/{connection_id}', '/invitation/company/{company_id}'])(
  '%s',
  (path) => {
    const { requestBody, responses } = contract.paths[path].post;
    const requests = valuesOf(requestBody);
    const created = valuesOf(responses[201]);

    test('requests and responses have the same names', () => {
      expect(Object.keys(created)).toEqual(Object.keys(requests));
    });

    test.each(Object.keys(requests))('%s: the response has what the request asked for', (name) => {
      const { allowedEmails = [], expiresInSeconds = null, maxUses = null, prefill = {} } = requests[name];
      const { createdAt, expiresAt, ...response } = created[name];
      expect(response).toMatchObject({ status: 'ACTIVE', useCount: 0, allowedEmails, maxUses });
      expect(prefill).toMatchObject(response.prefill);
      expect(expiresAt && (Date.parse(expiresAt) - Date.parse(createdAt)) / 1000).toBe(expiresInSeconds);
    });
  },
);

test('an invitation keeps the fields of its creation, wherever it is shown', () => {
  const made = new Map<string, Json>();
  for (const invitation of invitations) {
    const { status, useCount, createdConnections, events, ...fixed } = invitation;
    expect(fixed).toEqual(made.get(fixed.id) ?? fixed);
    made.set(fixed.id, fixed);
  }
  expect(made.size).toBeLessThan(invitations.length);
});

test.each(invitations)('$status $id: its fields agree with each other', (invitation) => {
  const { invitationType, invitationUrl, token, connectionId, prefill, createdConnections } = invitation;
  expect(invitationUrl).toBe(`https://dash.nectarclimate.com/p/i/${token}`);
  if (invitationType === 'EDIT_CONNECTION') {
    expect({ prefill, createdConnections }).toEqual({ prefill: {}, createdConnections: [] });
  } else {
    expect(connectionId).toBeNull();
  }
  if (invitation.status === 'FULFILLED') expect(invitation.useCount).toBe(invitation.maxUses);
});

test('every documented status of an invitation is shown where one is read', () => {
  const { responses } = contract.paths['/invitation/{invitation_id}'].get;
  const statuses = Object.values<Json>(valuesOf(responses[200])).map(({ status }) => status);
  const documented = Object.keys(contract.components.schemas.InvitationStatus['x-enumDescriptions']);
  expect(new Set(statuses)).toEqual(new Set(documented));
});

test('the pages of a list together contain what the single page contains', () => {
  const { responses } = contract.paths['/connection/company/{company_id}'].get;
  const pages = valuesOf(responses[200]);
  const { connections, totalConnections } = pages['one-page'];
  expect([...pages['first-page'].connections, ...pages['last-page'].connections]).toEqual(connections);
  expect(totalConnections).toBe(connections.length);
});

test('the first response of a list is its last page, as a mock always sends that one', () => {
  for (const path of ['/connection/company/{company_id}', '/invitation/company/{company_id}']) {
    const [first] = Object.values<Json>(valuesOf(contract.paths[path].get.responses[200]));
    expect(first.hasNext).toBe(false);
  }
});

test('the connection of the invitation is the one that is listed, read and in the events', () => {
  const { ConnectionId, InvitationId } = contract.components.parameters;
  const ids = (values: Json[]) => new Set(values.map(({ id }) => id));
  expect(ids(things)).toContain(ConnectionId.example);
  expect(ids(invitations)).toContain(InvitationId.example);
  for (const name of ['ConnectionReconnectedEvent', 'ConnectionRecoveredEvent', 'ConnectedAgainConnection']) {
    expect(contract.components.examples[name].value).toMatchObject({
      id: ConnectionId.example,
      status: 'CONNECTED',
    });
  }
  const [made] = contract.components.examples.ConnectionCreatedInvitation.value.createdConnections;
  expect(contract.components.examples.ConnectionCreatedEvent.value.id).toBe(made.id);
});

test('everything happens at one company', () => {
  const companies = things.map(({ companyId, company }) => companyId ?? company?.id).filter(Boolean);
  expect(new Set(companies)).toEqual(new Set([contract.components.parameters.CompanyId.example]));
});

test('addresses are ones that nobody can own', () => {
  const addresses = JSON.stringify(contract).match(/[\w.]+@[\w.-]+/g) ?? [];
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([]);
});

function valuesOf({ content }: Json): Record<string, Json> {
  const named = Object.entries<Json>(content['application/json'].examples);
  return Object.fromEntries(named.map(([name, example]) => [name, resolve(contract, example).value]));
}
