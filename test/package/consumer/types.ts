// Compiled and never run: what a user may rely on, and what must not compile.
import { createClient, type ErrorDetail, type Invitation, isErrorOf, type paths } from 'nectar-openapi';
import { unwrap } from 'nectar-openapi/webhooks';

const nectar = createClient({ apiKey: async () => 'any', headers: { 'x-team': 'a' } });

export const invitation: Invitation = await nectar.createReconnectInvitation('id', { maxUses: 1 });
export const url: string = invitation.invitationUrl;
// @ts-expect-error: a number of uses is a number
nectar.createReconnectInvitation('id', { maxUses: '1' });
// @ts-expect-error: the id is missing
nectar.createReconnectInvitation();
// @ts-expect-error: a client has no such option
createClient({ key: 'any' });

try {
  for await (const { id, status } of nectar.listConnections('id')) console.log(id.length, status);
} catch (error) {
  if (isErrorOf(error, 'createReconnectInvitation') && error.status === 400) {
    const body: ErrorDetail | undefined = error.body;
    console.log(body?.detail);
  }
}

const { data } = await nectar.raw.GET('/connection/{connection_id}/details', {
  params: { path: { connection_id: 'id' } },
});
console.log(data?.id.length);
// @ts-expect-error: the contract has no such path
nectar.raw.GET('/nowhere');
export type Paths = keyof paths;

const event = unwrap('{}', { 'svix-id': 'a' }, 'whsec_');
if (event.eventType === 'connection.updated.v2') console.log(event.status.length);
// @ts-expect-error: what an unlisted event holds is not known
else console.log(event.id.length);
