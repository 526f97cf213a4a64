import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Invitation, isApiClientError } from 'nectar-openapi';

const nectar = createClient(); // The key comes from NECTAR_API_KEY.
const companyId = 'c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915';
const broken = [
  'PASSWORD_INCORRECT',
  'NEW_PASSWORD_NEEDED',
  'ADDITIONAL_CREDENTIALS_NEEDED',
  'MFA_TOKEN_EXPIRED',
] as const;
// How long a request can be on its way, in milliseconds. Choose more than anything in between waits.
const longestWay = 120_000;

// The active invitations of each connection, the oldest first.
async function readLinks(): Promise<Map<string, Invitation[]>> {
  const active = new Map<string, Invitation>(); // By id: one can move to another page meanwhile.
  for (let page = 1, more = true; more; page++) {
    if (page > 1000) throw new Error('The list of invitations does not end.');
    const { invitations = [], hasNext = false } = await nectar.listInvitations(companyId, { page });
    for (const each of invitations) if (each.status === 'ACTIVE') active.set(each.id, each);
    more = hasNext;
  }
  const age = ({ createdAt, id }: Invitation) => `${createdAt} ${id}`;
  const links = new Map<string, Invitation[]>();
  for (const each of [...active.values()].sort((one, other) => (age(one) < age(other) ? -1 : 1)))
    if (each.connectionId) links.set(each.connectionId, [...(links.get(each.connectionId) ?? []), each]);
  return links;
}

// What an earlier run has sent arrives by then, or never.
await sleep(longestWay);
const before = await readLinks();
let invited = 0;
const unclear = new Set<string>();
for (const status of broken) {
  for await (const { id, workflowOwnerEmail: owner } of nectar.listConnections(companyId, { status })) {
    if (before.has(id)) console.log(`${id} has an invitation already.`);
    else if (!owner) console.log(`${id} has no owner to invite.`);
    else {
      invited++;
      try {
        await nectar.createReconnectInvitation(id, { allowedEmails: [owner], maxUses: 1, sendEmail: true });
        console.log(`${id} is waiting for ${owner}.`);
      } catch (error) {
        if (!isApiClientError(error) || error.outcome !== 'unknown') throw error;
        unclear.add(id);
      }
    }
  }
}

// What this run and others have sent has arrived by then. Of the links that they created, the oldest stays.
if (invited > 0) await sleep(longestWay);
const after = await readLinks();
for (const links of after.values()) {
  const own = links.filter(({ maxUses, allowedEmails }) => maxUses === 1 && allowedEmails.length === 1);
  for (const { id } of own.slice(1)) await nectar.revokeInvitation(id);
}
for (const id of unclear) if (!after.has(id)) throw new Error(`No link for ${id}: run this again.`);
