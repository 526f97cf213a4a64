import { createClient } from 'nectar-openapi';

const nectar = createClient(); // The key comes from NECTAR_API_KEY.
const companyId = 'c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915';
const broken = [
  'PASSWORD_INCORRECT',
  'NEW_PASSWORD_NEEDED',
  'ADDITIONAL_CREDENTIALS_NEEDED',
  'MFA_TOKEN_EXPIRED',
] as const;

// An owner with an active link does not get a second one.
const invited = new Set<string | null>();
for (let page = 1, more = true; more; page++) {
  const { invitations = [], hasNext = false } = await nectar.listInvitations(companyId, { page });
  for (const { connectionId, status } of invitations) if (status === 'ACTIVE') invited.add(connectionId);
  more = hasNext;
}

for (const status of broken) {
  for await (const { id, workflowOwnerEmail: owner } of nectar.listConnections(companyId, { status })) {
    if (invited.has(id)) console.log(`${id} has an invitation already.`);
    else if (!owner) console.log(`${id} has no owner to invite.`);
    else {
      await nectar.createReconnectInvitation(id, { allowedEmails: [owner], maxUses: 1, sendEmail: true });
      invited.add(id);
      console.log(`${id} is waiting for ${owner}.`);
    }
  }
}
