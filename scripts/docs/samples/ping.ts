import { createClient } from 'nectar-openapi';

const nectar = createClient(); // The key comes from NECTAR_API_KEY.

console.log('The key works:', await nectar.ping());
