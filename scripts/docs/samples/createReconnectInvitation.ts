import { createClient } from 'nectar-openapi';

const nectar = createClient(); // The key comes from NECTAR_API_KEY.

const invitation = await nectar.createReconnectInvitation('7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36', {
  allowedEmails: ['dana.reyes@harborstreet.example'],
  maxUses: 1,
});
// A credential: hand it to the owner of the login and to nobody else.
console.log(invitation.invitationUrl);
