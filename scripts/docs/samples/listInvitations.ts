import { createClient } from 'nectar-openapi';

const nectar = createClient(); // The key comes from NECTAR_API_KEY.

// How the answer looks is inferred: be ready for one without `invitations`.
const { invitations = [] } = await nectar.listInvitations('c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915');
for (const { id, status, connectionId } of invitations) console.log(id, status, connectionId);
