import type {
  Connection,
  CreateConnectionInvitationRequest,
  Invitation,
  InvitationDetail,
  InvitationPage,
} from '../../generated/schema.ts';
import { addConnection, pageOf, setStatus } from './connections.ts';
import type { InvitationRow, NectarWorld } from './world.ts';

/** The company, or one of its connections, that an invitation is for. */
export type Subject = { companyId: string; connectionId: string | null };

/** Creates an invitation. Its limits and effects are stated: /api-reference/v2-0/invitations/… */
export function createInvitation(
  world: NectarWorld,
  { companyId, connectionId }: Subject,
  { allowedEmails = [], expiresInSeconds, maxUses, sendEmail, prefill }: CreateConnectionInvitationRequest,
): InvitationRow {
  const createdAt = world.timestamp();
  const expiresAt =
    expiresInSeconds === undefined
      ? null
      : new Date(Date.parse(createdAt) + expiresInSeconds * 1000).toISOString().replace('.000Z', 'Z');
  const row: InvitationRow = world.invitations.put({
    id: world.uuid(),
    token: world.token(),
    invitationType: connectionId === null ? 'CREATE_CONNECTION' : 'EDIT_CONNECTION',
    companyId,
    connectionId,
    allowedEmails,
    expiresAt,
    maxUses: maxUses ?? null,
    useCount: 0,
    createdAt,
    prefill: prefill ?? {},
    revokedAt: null,
    created: [],
    verified: [],
    log: [],
  });
  world.tokens.set(row.token, row.id);
  // Each create sends its own link: two creates, two mails, two active links.
  if (sendEmail) for (const to of new Set(allowedEmails)) mail(world, row, to);
  return row;
}

/** Chosen, if several apply: REVOKED before FULFILLED before EXPIRED. An invitation expires exactly at `expiresAt`. */
export function statusOf(
  world: NectarWorld,
  row: InvitationRow,
): 'ACTIVE' | 'EXPIRED' | 'REVOKED' | 'FULFILLED' {
  if (row.revokedAt !== null) return 'REVOKED';
  if (row.maxUses !== null && row.useCount >= row.maxUses) return 'FULFILLED';
  if (row.expiresAt !== null && world.now() >= Date.parse(row.expiresAt)) return 'EXPIRED';
  return 'ACTIVE';
}

/** An invitation in the form of the API. */
export function show(world: NectarWorld, row: InvitationRow, origin: string): Invitation {
  return {
    id: row.id,
    token: row.token,
    invitationType: row.invitationType,
    status: statusOf(world, row),
    invitationUrl: linkOf(row, origin),
    companyId: row.companyId,
    connectionId: row.connectionId,
    allowedEmails: row.allowedEmails,
    expiresAt: row.expiresAt,
    maxUses: row.maxUses,
    useCount: row.useCount,
    createdAt: row.createdAt,
    prefill: row.prefill,
    createdConnections: row.created.map((id) => {
      const { datasource, status, created } = world.connections.get(id) as Connection;
      return { id, datasourceName: datasource?.name ?? '', status, created };
    }),
  };
}

/** The same with its log, whose fields are chosen, as they are not documented. */
export function showDetail(world: NectarWorld, row: InvitationRow, origin: string): InvitationDetail {
  return { ...show(world, row, origin), events: row.log };
}

/** Chosen: 100 per page, like connections, the oldest first. The envelope is inferred. */
export function listInvitations(
  world: NectarWorld,
  companyId: string,
  page: number,
  origin: string,
): InvitationPage {
  const { items, total, ...rest } = pageOf(world.invitations.idsOf(companyId), page, 100);
  const invitations = items.map((id) => show(world, world.invitations.get(id) as InvitationRow, origin));
  return { totalInvitations: total, ...rest, invitations };
}

/** The form of the path is stated: /developer-guide/magic-link-integration. */
export function linkOf({ token }: InvitationRow, origin: string): string {
  return `${origin}/p/i/${token}`;
}

/** Chosen: an invitation can be revoked in any status, also again, and is REVOKED from then on. */
export function revoke(world: NectarWorld, row: InvitationRow): InvitationRow {
  if (row.revokedAt !== null) return row;
  const at = world.timestamp();
  return world.invitations.put({ ...row, revokedAt: at, log: [...row.log, { type: 'revoked', at }] });
}

/** Records that somebody opened the link. */
export function view(world: NectarWorld, row: InvitationRow): InvitationRow {
  return world.invitations.put({ ...row, log: [...row.log, { type: 'viewed', at: world.timestamp() }] });
}

/** Sends the link by mail. Opening it from there proves the address. */
export function mail(world: NectarWorld, row: InvitationRow, to: string): string {
  const connection = row.connectionId === null ? undefined : world.connections.get(row.connectionId);
  const subject = connection
    ? `Please reconnect ${connection.datasource?.name}`
    : `Please connect your utility account`;
  const id = world.token();
  world.mails.put({ id, to, at: world.timestamp(), subject, invitationId: row.id });
  return id;
}

/** Chosen: addresses are compared case-insensitively. */
export function isAllowed({ allowedEmails }: InvitationRow, address: string): boolean {
  return allowedEmails.some((each) => each.toLowerCase() === address.trim().toLowerCase());
}

/** Stated: a mailed link is already verified, /developer-guide/connection-invitations. */
export function verify(world: NectarWorld, row: InvitationRow, email: string): InvitationRow {
  if (row.verified.includes(email)) return row;
  const log = [...row.log, { type: 'email-verified', at: world.timestamp(), email }];
  return world.invitations.put({ ...row, verified: [...row.verified, email], log });
}

/** The input of a recipient in the form. */
export interface Credentials {
  username?: string;
  password: string;
  /** The second factor, if the portal asks for one. */
  code?: string;
  /** The URL of the portal, for a `CREATE_CONNECTION` invitation. */
  url?: string;
}

/** How the portal responds to credentials. */
export type Login = 'accepted' | 'refused' | 'code-needed';

/**
 * The user and password of the sandbox environment are stated, and that all others are refused: /cookbooks/sandbox.
 * Chosen in addition: `right` with any name, and `right-with-code`, after which the portal asks for 123456.
 */
export function logIn({ username = '', password, code }: Credentials): Login {
  if (password === 'right-with-code') return code === '123456' ? 'accepted' : 'code-needed';
  if (password === 'nectar-sandbox-password') {
    return username === 'nectar-sandbox-username' ? 'accepted' : 'refused';
  }
  return password === 'right' ? 'accepted' : 'refused';
}

/**
 * Uses an invitation with credentials that the portal has accepted: counts the use, and reconnects the connection or
 * creates one. Chosen: credentials that the portal refuses do not count as a use and change nothing.
 */
export function use(world: NectarWorld, row: InvitationRow, { username, url }: Credentials): InvitationRow {
  const at = world.timestamp();
  const id = row.connectionId ?? create(world, row, username, url).id;
  const used = world.invitations.put({
    ...row,
    useCount: row.useCount + 1,
    created: row.connectionId === null ? [...row.created, id] : [],
    log: [...row.log, { type: 'used', at, connectionId: id }],
  });
  // Chosen: the check happens immediately, also for a new connection.
  setStatus(world, id, 'CONNECTED', row.connectionId === null ? [] : ['credentials']);
  return used;
}

function create(
  world: NectarWorld,
  { companyId, prefill }: InvitationRow,
  username = '',
  url = '',
): Connection {
  const { country, initialSites, utilityTypes, connectionOwnerEmail, dataCollectionStartDate } = prefill;
  const address = url || prefill.url || 'https://portal.example';
  const host = URL.canParse(address) ? new URL(address).hostname : address;
  const company = world.tenants.get(companyId)?.company;
  return addConnection(world, {
    datasource: { name: host.replace(/^www\./, ''), url: address },
    url: address,
    username,
    ...(company && { company }),
    ...(country !== undefined && { country }),
    ...(initialSites !== undefined && { initialSites }),
    ...(utilityTypes !== undefined && { initialDatasourceTypes: utilityTypes }),
    ...(connectionOwnerEmail !== undefined && { workflowOwnerEmail: connectionOwnerEmail }),
    ...(dataCollectionStartDate !== undefined && { dataCollectionStartDate }),
  });
}
