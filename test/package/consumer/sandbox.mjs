/**
 * What a user's own test does with the sandbox, on Web APIs alone: a connection recovers.
 *
 * @param client the exports of `nectar-openapi`
 * @param sandboxes the exports of `nectar-openapi/sandbox`
 */
export async function recover(client, sandboxes, options = {}) {
  const sandbox = sandboxes.createSandbox();
  const nectar = client.createClient({ apiKey: sandbox.key, fetch: sandbox.fetch, ...options });
  const { id } = sandbox.connections.passwordIncorrect;
  const { invitationUrl } = await nectar.createReconnectInvitation(id, { maxUses: 1 });
  const submitted = await sandbox.recipient(invitationUrl).submit({ password: 'right' });
  const { status } = await nectar.getConnection(id);
  if (submitted !== 'accepted' || status !== 'CONNECTED')
    throw new Error(`Expected the connection to recover, but it is ${status} after ${submitted}.`);
}
