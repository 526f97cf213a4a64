import { createClient } from 'nectar-openapi';

const nectar = createClient(); // The key comes from NECTAR_API_KEY.

const invitation = await nectar.createConnectionInvitation('c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915', {
  allowedEmails: ['facilities@harborstreet.example'],
  expiresInSeconds: 14 * 24 * 60 * 60,
  maxUses: 1,
  sendEmail: true,
  prefill: { url: 'https://www.sounderagas.example', utilityTypes: ['GAS'], country: 'US' },
});
console.log('Mailed to', invitation.allowedEmails, 'and valid until', invitation.expiresAt);
