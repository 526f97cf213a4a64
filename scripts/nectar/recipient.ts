import * as invitations from './invitations.ts';
import type { InvitationRow, NectarWorld } from './world.ts';

/** The page that a link opens. */
export type Opened =
  | { page: 'form'; row: InvitationRow }
  /** The recipient must verify an address first. */
  | { page: 'gate'; row: InvitationRow }
  | { page: 'dead'; reason: 'expired' | 'revoked' | 'fulfilled' | 'unknown' };

/** The result of the credentials, or the reason why there is no form. */
export type Submitted = invitations.Login | 'email-needed' | (Opened & { page: 'dead' })['reason'];

/** The token and the mail in a link of an invitation. The link is `invitationUrl`, or the one of a mail. */
function readLink(link: string): { token: string; mailId: string | null } {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  return { token: url?.pathname.split('/p/i/')[1] ?? '', mailId: url?.searchParams.get('mail') ?? null };
}

/** The link in a mail: that of the invitation, with the id of the mail as proof. */
export function mailedLink(
  world: NectarWorld,
  mail: { id: string; invitationId: string },
  origin: string,
): string {
  const row = world.invitations.get(mail.invitationId) as InvitationRow;
  return `${invitations.linkOf(row, origin)}?mail=${mail.id}`;
}

/** Opens a link like a browser: writes the log, and verifies the address if the link was mailed. */
export function open(world: NectarWorld, link: string): Opened {
  const found = find(world, link);
  if (found.page === 'dead') return found;
  const row = invitations.view(world, found.row);
  return found.page === 'form' && found.email !== undefined
    ? { page: 'form', row: invitations.verify(world, row, found.email) }
    : { ...found, row };
}

/** @returns whether the address may use the invitation; if so, the link was mailed to it */
export function proveAddress(world: NectarWorld, link: string, address: string): boolean {
  const found = find(world, link);
  if (found.page === 'dead' || !invitations.isAllowed(found.row, address)) return false;
  invitations.mail(world, found.row, address.trim());
  return true;
}

/** Submits the form. */
export function submit(world: NectarWorld, link: string, credentials: invitations.Credentials): Submitted {
  const found = find(world, link);
  if (found.page === 'dead') return found.reason;
  if (found.page === 'gate') return 'email-needed';
  const login = invitations.logIn(credentials);
  if (login === 'accepted') invitations.use(world, found.row, credentials);
  return login;
}

function find(world: NectarWorld, link: string): Opened & { email?: string } {
  const { token, mailId } = readLink(link);
  const row = world.invitations.get(world.tokens.get(token) ?? '');
  if (row === undefined) return { page: 'dead', reason: 'unknown' };
  const status = invitations.statusOf(world, row);
  if (status !== 'ACTIVE') {
    return { page: 'dead', reason: status.toLowerCase() as 'expired' | 'revoked' | 'fulfilled' };
  }
  const mail = world.mails.get(mailId ?? '');
  // A mail only proves the address for its own invitation.
  const email = mail?.invitationId === row.id ? mail.to : undefined;
  if (row.allowedEmails.length > 0 && email === undefined) return { page: 'gate', row };
  return { page: 'form', row, ...(email !== undefined && { email }) };
}
