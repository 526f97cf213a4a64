import { randomUUID } from 'node:crypto';
import type { Client } from '../../generated/client.ts';
import type { Trial } from '../verify/compare-response.ts';
import { type Ids, type Target, uuid } from '../verify/target.ts';

/** Sends one request and compares its response with the contract. */
export type Attempt = (trial: Trial, call: () => Call) => Promise<Reply>;

interface Call {
  result(): Promise<{ ok: true; data: unknown } | { ok: false }>;
}

export interface Reply {
  /** Undefined without a response. */
  status?: number;
  /** The data from the client, which can have any form. */
  data?: unknown;
}

/** What was not done. */
export interface Unfinished {
  /** The reasons why operations were not called, by operationId. */
  skipped: Map<string, string>;
  /** The changes of this run that could not be undone. */
  leftovers: string[];
}

/**
 * The shortest time that the vendor allows, so that a link expires soon even if it cannot be revoked. Nothing is
 * mailed.
 */
const limits = { expiresInSeconds: 60, maxUses: 1, sendEmail: false };

/** Calls every operation whose ids are known or can be found. */
export async function tryOperations(
  nectar: Client,
  { ids, write }: Pick<Target, 'ids' | 'write'>,
  attempt: Attempt,
): Promise<Unfinished> {
  const unfinished: Unfinished = { skipped: new Map(), leftovers: [] };
  const { skipped } = unfinished;
  const found = await tryReading(nectar, ids, attempt, skipped);

  for (const operation of ['createReconnectInvitation', 'createConnectionInvitation'])
    if (!write) skipped.set(operation, 'needs --write, as it changes something');
  const created = write ? await tryCreating(nectar, ids, attempt, unfinished) : [];
  const invitation = found ?? created[0];
  if (invitation) await attempt({ operation: 'getInvitation' }, () => nectar.getInvitation(invitation));
  else skipped.set('getInvitation', 'needs --invitation, a --company that has one, or --write');

  for (const id of created) {
    const { status } = await attempt({ operation: 'revokeInvitation' }, () => nectar.revokeInvitation(id));
    if (!succeeded(status)) unfinished.leftovers.push(`The invitation ${id} could not be revoked. ${expiry}`);
  }
  if (created.length === 0) skipped.set('revokeInvitation', 'is only called for what --write has created');

  await tryUnknownIds(nectar, attempt);
  return unfinished;
}

const expiry = `It expires ${limits.expiresInSeconds} s after it was created.`;

/** @returns the id of an invitation, if one is known */
async function tryReading(
  nectar: Client,
  { company, connection, invitation }: Ids,
  attempt: Attempt,
  skipped: Unfinished['skipped'],
): Promise<string | undefined> {
  await attempt({ operation: 'ping' }, () => nectar.ping());
  await attempt({ operation: 'ping', refusal: { because: 'a wrong key', status: 401 } }, () =>
    nectar.ping({ apiKey: 'a-wrong-key' }),
  );
  let found = invitation;
  let known = connection;
  if (company) {
    const connections = await attempt({ operation: 'listConnections' }, () =>
      nectar.listConnections(company),
    );
    known ??= firstId(connections, 'connections');
    const invitations = await attempt({ operation: 'listInvitations' }, () =>
      nectar.listInvitations(company),
    );
    found ??= firstId(invitations, 'invitations');
  } else {
    for (const operation of ['listConnections', 'listInvitations']) skipped.set(operation, 'needs --company');
  }
  if (known) {
    const id = known;
    await attempt({ operation: 'getConnection' }, () => nectar.getConnection(id));
  } else {
    skipped.set('getConnection', 'needs --connection, or a --company that has one');
  }
  return found;
}

/** @returns the ids of the created invitations */
async function tryCreating(
  nectar: Client,
  { company, connection }: Ids,
  attempt: Attempt,
  { skipped, leftovers }: Unfinished,
): Promise<string[]> {
  const created: string[] = [];
  const create = async (operation: string, call: () => Call) => {
    const { status, data } = await attempt({ operation }, call);
    const id = idOf(data);
    if (id) created.push(id);
    else if (status === undefined || succeeded(status))
      leftovers.push(`${operation} may have created an invitation, but its id is unknown. ${expiry}`);
  };
  if (connection) {
    await create('createReconnectInvitation', () => nectar.createReconnectInvitation(connection, limits));
  } else {
    skipped.set('createReconnectInvitation', 'needs --connection');
  }
  if (company) {
    await create('createConnectionInvitation', () => nectar.createConnectionInvitation(company, limits));
  } else {
    skipped.set('createConnectionInvitation', 'needs --company');
  }
  return created;
}

/** A 404 for unknown ids is inferred for all operations. */
async function tryUnknownIds(nectar: Client, attempt: Attempt): Promise<void> {
  const id = randomUUID();
  const refusal = { because: 'an unknown id', status: 404 };
  for (const operation of ['listConnections', 'getConnection', 'listInvitations', 'getInvitation'] as const) {
    await attempt({ operation, refusal }, () => nectar[operation](id));
  }
}

function succeeded(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function firstId({ data }: Reply, field: string): string | undefined {
  const items = (Object(data) as Record<string, unknown>)[field];
  return Array.isArray(items) ? idOf(items[0]) : undefined;
}

function idOf(value: unknown): string | undefined {
  const { id } = Object(value) as { id?: unknown };
  return typeof id === 'string' && uuid.test(id) ? id : undefined;
}
