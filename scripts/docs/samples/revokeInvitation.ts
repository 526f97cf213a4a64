import { createClient } from 'nectar-openapi';

const nectar = createClient(); // The key comes from NECTAR_API_KEY.

// What it answers with is not documented: that it does not throw is enough.
await nectar.revokeInvitation('e5b8d1a4-6c2f-4f97-a0d3-91c47e2b5f68');
console.log('The link is dead.');
