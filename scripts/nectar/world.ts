import type { Company, Connection, Invitation } from '../../generated/schema.ts';
import { type Change, type SentMail, type Table, World } from '../sandbox/world.ts';

/** A stored invitation, without fields that are derived from the clock, the URL or other rows. */
export interface InvitationRow extends Omit<Invitation, 'status' | 'invitationUrl' | 'createdConnections'> {
  revokedAt: string | null;
  /** Ids of the connections that recipients created. */
  created: string[];
  /** Addresses that have been verified. */
  verified: string[];
  log: { type: string; at: string; email?: string; connectionId?: string }[];
}

/** A sent mail. */
export interface Mail extends SentMail {
  invitationId: string;
}

/** A company and its API key. */
export interface Tenant {
  id: string;
  key: string;
  company: Company & { id: string; name: string };
}

/** The state of a simulated Nectar. */
export class NectarWorld extends World {
  readonly tenants: Table<Tenant> = this.table('tenants');
  readonly connections: Table<Connection> = this.table('connections', ({ company }) => company?.id ?? '');
  readonly invitations: Table<InvitationRow> = this.table('invitations', ({ companyId }) => companyId);
  /** Ids of invitations by token. */
  readonly tokens = new Map<string, string>();
  readonly mails: Table<Mail> = this.table('mails');

  override restore(changes: Iterable<Change>): void {
    super.restore(changes);
    for (const { token, id } of this.invitations.all()) this.tokens.set(token, id);
  }
}
