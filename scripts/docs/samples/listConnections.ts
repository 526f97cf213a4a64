import { createClient } from 'nectar-openapi';

const nectar = createClient(); // The key comes from NECTAR_API_KEY.
const companyId = 'c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915';

// Goes on to the next page by itself, until `hasNext` is false.
for await (const connection of nectar.listConnections(companyId, { status: 'PASSWORD_INCORRECT' })) {
  console.log(connection.id, 'waits for', connection.workflowOwnerEmail);
}
