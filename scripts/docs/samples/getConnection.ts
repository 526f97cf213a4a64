import { createClient } from 'nectar-openapi';

const nectar = createClient(); // The key comes from NECTAR_API_KEY.

const connection = await nectar.getConnection('7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36');
if (connection.status === 'CONNECTED') console.log('Nectar can log in.');
else console.log('Nectar cannot log in:', connection.status, connection.statusErrorDetail);
