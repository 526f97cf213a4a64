import { createClient } from '../../generated/client.ts';
import type { Reply, ServiceSteps } from '../verify/steps.ts';
import { uuid } from '../verify/target.ts';

/**
 * The shortest time that the vendor allows, so that a link expires soon even if it cannot be revoked. Nothing is
 * mailed.
 */
const limits = { expiresInSeconds: 60, maxUses: 1, sendEmail: false };

const expiry = `It expires ${limits.expiresInSeconds} s after it was created.`;

/** The steps of `npm run verify` that the contract does not contain. */
export const nectarSteps: ServiceSteps = {
  about: 'then it also creates invitations, and revokes those',

  learn: (operation, data) => {
    if (operation === 'listConnections') return { connection_id: firstId(data, 'connections') };
    return operation === 'listInvitations' ? { invitation_id: firstId(data, 'invitations') } : {};
  },

  async write({ attempt, read, fetch, server, keys, parameters, skipped, leftovers }) {
    const [apiKey = ''] = keys.values();
    // The recorder times out first, and knows the reason.
    const nectar = createClient({ apiKey, baseUrl: server, maxRetries: 0, timeout: 60_000, fetch });
    const creates = [
      ['createReconnectInvitation', 'connection_id'],
      ['createConnectionInvitation', 'company_id'],
    ] as const;
    const created: string[] = [];
    for (const [operation, parameter] of creates) {
      const id = parameters.get(parameter);
      if (id === undefined) {
        skipped.set(operation, `needs --parameter ${parameter}=VALUE`);
        continue;
      }
      const { status, data } = await attempt({ operation }, () => nectar[operation](id, limits).result());
      const invitation = idOf(data);
      if (invitation) created.push(invitation);
      else if (status === undefined || succeeded(status))
        leftovers.push(`${operation} may have created an invitation, but its id is unknown. ${expiry}`);
    }
    const [first] = created;
    if (first) await read('getInvitation', { invitation_id: first });
    for (const id of created) {
      const { status } = await attempt({ operation: 'revokeInvitation' }, () =>
        nectar.revokeInvitation(id).result(),
      );
      if (!succeeded(status)) leftovers.push(`The invitation ${id} could not be revoked. ${expiry}`);
    }
    if (!first) skipped.set('revokeInvitation', 'is only called for what --write has created');
  },
};

function succeeded(status: Reply['status']): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function firstId(data: unknown, field: string): string | undefined {
  const items = (Object(data) as Record<string, unknown>)[field];
  return Array.isArray(items) ? idOf(items[0]) : undefined;
}

function idOf(value: unknown): string | undefined {
  const { id } = Object(value) as { id?: unknown };
  return typeof id === 'string' && uuid.test(id) ? id : undefined;
}
