import type {
  Connection,
  ConnectionEvent,
  ConnectionPage,
  ConnectionUpdatedEvent,
  operations,
} from '../../generated/schema.ts';
import { emit } from '../sandbox/events.ts';
import { statusDetails } from './seed.ts';
import type { NectarWorld } from './world.ts';

export type ConnectionQuery = NonNullable<operations['listConnections']['parameters']['query']>;

/** The statuses in which a connection waits for the customer. Stated: /cookbooks/connection-statuses. */
export const waitingStatuses = [
  'PASSWORD_INCORRECT',
  'MFA_TOKEN_EXPIRED',
  'NEW_PASSWORD_NEEDED',
  'ADDITIONAL_CREDENTIALS_NEEDED',
];

/** One page of a company's connections, the oldest first. The filters: stated on the operation's page. */
export function listConnections(
  world: NectarWorld,
  companyId: string,
  query: ConnectionQuery,
): ConnectionPage {
  const { connectionOwnerEmail, limit = 100, page = 1, sites, status } = query;
  const matching = world.connections
    .idsOf(companyId)
    .map((id) => world.connections.get(id) as Connection)
    .filter(
      (each) =>
        (status === undefined || each.status === status) &&
        (connectionOwnerEmail === undefined || each.workflowOwnerEmail === connectionOwnerEmail) &&
        (sites === undefined || each.initialSites?.some((site) => sites.includes(site))),
    );
  const { items, total, ...rest } = pageOf(matching, page, limit);
  return { totalConnections: total, ...rest, connections: items };
}

/**
 * A page in the form of all lists. Stated: /cookbooks/pagination, also that a page after the last returns the last
 * again. Chosen: a page below 1 is the first, and an empty list has one page.
 */
export function pageOf<Item>(all: readonly Item[], page: number, perPage: number) {
  const totalPages = Math.max(1, Math.ceil(all.length / perPage));
  const currentPage = Math.min(Math.max(1, page), totalPages);
  return {
    total: all.length,
    perPage,
    totalPages,
    currentPage,
    hasNext: currentPage < totalPages,
    hasPrevious: currentPage > 1,
    items: all.slice((currentPage - 1) * perPage, currentPage * perPage),
  };
}

/**
 * Changes the status of a connection and sends events about it. That both `updated` and `validated` are sent is
 * inferred: /developer-guide/webhooks has the first for any field and the second for the status.
 *
 * @param changed other changed fields, in the terms of `connection.updated.v2`
 */
export function setStatus(world: NectarWorld, id: string, status: string, changed: string[] = []): void {
  const before = world.connections.get(id);
  if (before === undefined) throw new RangeError(`There is no connection ${id} in this sandbox.`);
  const at = world.timestamp();
  const { statusErrorDetail: _, ...rest } = before;
  const detail = statusDetails[status];
  const after = world.connections.put({
    ...rest,
    updated: at,
    status,
    statusLastUpdateTime: at,
    statusFirstSeenTime: status === before.status ? before.statusFirstSeenTime : at,
    ...(detail !== undefined && { statusErrorDetail: detail }),
  });
  const moved = status === before.status ? [] : ['status'];
  if (changed.length + moved.length === 0) return;
  emit(world, {
    ...eventOf(after),
    eventType: 'connection.updated.v2',
    protectedChanges: [...changed, ...moved],
    old: moved.length > 0 ? { status: before.status } : {},
  } satisfies ConnectionUpdatedEvent & { eventType: string });
  if (moved.length > 0) emit(world, { ...eventOf(after), eventType: 'connection.validated.v2' });
}

/** Adds a connection, which is `PENDING` until its first check. Stated: /cookbooks/connection-statuses. */
export function addConnection(
  world: NectarWorld,
  given: Pick<Connection, 'company' | 'datasource' | 'username'> & Partial<Connection>,
): Connection {
  const at = world.timestamp();
  const connection = world.connections.put({
    id: world.uuid(),
    created: at,
    updated: at,
    publicCompanyId: '5e90ab17-3c6d-4f28-8b41-d2f7a06c9e83',
    statusLastUpdateTime: at,
    statusFirstSeenTime: at,
    accounts: [],
    status: 'PENDING',
    isActive: true,
    ...given,
  });
  emit(world, { ...eventOf(connection), eventType: 'connection.created.v2' });
  return connection;
}

/** A connection in the form of events: times without a zone, as in their examples. */
function eventOf(connection: Connection): ConnectionEvent {
  const {
    id,
    created,
    updated = created,
    status,
    url,
    country,
    datasource,
    company,
    workflowOwnerEmail,
  } = connection;
  const withoutZone = (time: string) => time.replace('Z', '.000000');
  return {
    id,
    created: withoutZone(created),
    updated: withoutZone(updated),
    status,
    ...(url !== undefined && { url }),
    ...(country !== undefined && { country }),
    ...(datasource !== undefined && { datasource }),
    ...(company !== undefined && { company }),
    emails: workflowOwnerEmail === undefined ? [] : [workflowOwnerEmail],
    accounts: [],
  };
}
