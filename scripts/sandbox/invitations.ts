import type {
  Connection,
  CreateConnectionInvitationRequest,
  Invitation,
  InvitationDetail,
  InvitationPage,
} from '../../generated/schema.ts';
import { addConnection, pageOf, setStatus } from './connections.ts';
import type { InvitationRow, World } from './world.ts';

/** Which company, or which of its connections, somebody is invited for. */
export type Subject = { companyId: string; connectionId: string | null };

/** The limits of an invitation and what its effects are. Stated: /api-reference/v2-0/invitations/… */
export function createInvitation(
  world: World,
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
  // Each create mails its own link: two creates, two mails, two live links.
  if (sendEmail) for (const to of new Set(allowedEmails)) mail(world, row, to);
  return row;
}

/**
 * Chosen, where several are true: REVOKED before FULFILLED before EXPIRED. An invitation expires at the very second that
 * `expiresAt` names.
 */
export function statusOf(world: World, row: InvitationRow): 'ACTIVE' | 'EXPIRED' | 'REVOKED' | 'FULFILLED' {
  if (row.revokedAt !== null) return 'REVOKED';
  if (row.maxUses !== null && row.useCount >= row.maxUses) return 'FULFILLED';
  if (row.expiresAt !== null && world.now() >= Date.parse(row.expiresAt)) return 'EXPIRED';
  return 'ACTIVE';
}

/** An invitation as the API shows it. */
export function show(world: World, row: InvitationRow, origin: string): Invitation {
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

/** The same with its log, whose fields are chosen: nothing is documented of them. */
export function showDetail(world: World, row: InvitationRow, origin: string): InvitationDetail {
  return { ...show(world, row, origin), events: row.log };
}

/** Chosen: 100 to a page, as connections have it, the oldest first. The envelope is inferred. */
export function listInvitations(
  world: World,
  companyId: string,
  page: number,
  origin: string,
): InvitationPage {
  const { items, total, ...rest } = pageOf(world.invitations.idsOf(companyId), page, 100);
  const invitations = items.map((id) => show(world, world.invitations.get(id) as InvitationRow, origin));
  return { totalInvitations: total, ...rest, invitations };
}

/** The shape of the path is stated: /developer-guide/magic-link-integration. */
export function linkOf({ token }: InvitationRow, origin: string): string {
  return `${origin}/p/i/${token}`;
}

/** Chosen: whatever its status, a revoked invitation is REVOKED from then on, and may be revoked again. */
export function revoke(world: World, row: InvitationRow): InvitationRow {
  if (row.revokedAt !== null) return row;
  const at = world.timestamp();
  return world.invitations.put({ ...row, revokedAt: at, log: [...row.log, { type: 'revoked', at }] });
}

/** Somebody opened the link. */
export function view(world: World, row: InvitationRow): InvitationRow {
  return world.invitations.put({ ...row, log: [...row.log, { type: 'viewed', at: world.timestamp() }] });
}

/** Puts the link into the outbox. Who follows it from there has shown that the address is theirs. */
export function mail(world: World, row: InvitationRow, to: string): string {
  const connection = row.connectionId === null ? undefined : world.connections.get(row.connectionId);
  const subject = connection
    ? `Please reconnect ${connection.datasource?.name}`
    : `Please connect your utility account`;
  const id = world.token();
  world.mails.put({ id, to, at: world.timestamp(), subject, invitationId: row.id });
  return id;
}

/** Chosen: addresses are compared without regard to capitals. */
export function isAllowed({ allowedEmails }: InvitationRow, address: string): boolean {
  return allowedEmails.some((each) => each.toLowerCase() === address.trim().toLowerCase());
}

/** That a mailed link is already verified: stated, /developer-guide/connection-invitations. */
export function verify(world: World, row: InvitationRow, email: string): InvitationRow {
  if (row.verified.includes(email)) return row;
  const log = [...row.log, { type: 'email-verified', at: world.timestamp(), email }];
  return world.invitations.put({ ...row, verified: [...row.verified, email], log });
}

/** What a recipient types into the form. */
export interface Credentials {
  username?: string;
  password: string;
  /** The other factor, where the portal asks for one. */
  code?: string;
  /** Address of the portal, in the form of a `CREATE_CONNECTION` invitation. */
  url?: string;
}

/** How the portal responds to credentials. */
export type Login = 'accepted' | 'refused' | 'code-needed';

/**
 * The pair of the sandbox environment is stated, and that any other is refused: /cookbooks/sandbox. Chosen beside it:
 * `right` with any name, and `right-with-code`, after which the portal asks for 123456.
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
 * creates one. Chosen: credentials that the portal refuses are no use and change nothing.
 */
export function use(world: World, row: InvitationRow, { username, url }: Credentials): InvitationRow {
  const at = world.timestamp();
  const id = row.connectionId ?? create(world, row, username, url).id;
  const used = world.invitations.put({
    ...row,
    useCount: row.useCount + 1,
    created: row.connectionId === null ? [...row.created, id] : [],
    log: [...row.log, { type: 'used', at, connectionId: id }],
  });
  // Chosen: the check is done at once, for a new connection too.
  setStatus(world, id, 'CONNECTED', row.connectionId === null ? [] : ['credentials']);
  return used;
}

function create(world: World, { companyId, prefill }: InvitationRow, username = '', url = ''): Connection {
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
