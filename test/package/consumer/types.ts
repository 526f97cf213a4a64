// Compiled and never run: what a user may rely on, and what must not compile.
import {
  createClient,
  createFetchClient,
  createTransport,
  type ErrorDetail,
  type Invitation,
  isErrorOf,
  type paths,
} from 'nectar-openapi';
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

const api = createFetchClient(createTransport({ apiKey: 'any' }));
const { data, error, response } = await api.GET('/connection/{connection_id}/details', {
  params: { path: { connection_id: 'id' } },
});
// An open enum is a string.
if (data) console.log(data.id.length, data.status.toLowerCase());
else console.log(response.status, error.detail);
// @ts-expect-error: the contract has no such path
api.GET('/nowhere');
// @ts-expect-error: the id is missing
api.GET('/connection/{connection_id}/details');
export type Paths = keyof paths;

const event = unwrap('{}', { 'svix-id': 'a' }, 'whsec_');
if (event.eventType === 'connection.updated.v2') console.log(event.status.length);
// @ts-expect-error: what an unlisted event holds is not known
else console.log(event.id.length);
