import { createClient } from 'nectar-openapi';

const nectar = createClient(); // The key comes from NECTAR_API_KEY.

const invitation = await nectar.getInvitation('e5b8d1a4-6c2f-4f97-a0d3-91c47e2b5f68');
console.log(invitation.status, `used ${invitation.useCount} times`, invitation.events);
