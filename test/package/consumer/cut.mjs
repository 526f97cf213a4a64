/**
 * A create whose connection breaks after the service has read it, on a connection that is in use already.
 *
 * @param client the exports of `nectar-openapi`
 * @param options of `createClient`; `baseUrl` is a server that breaks it
 */
export async function cut(client, options) {
  const nectar = client.createClient({ apiKey: 'any', callIdHeader: 'x-call-id', ...options });
  // As many as a browser has connections to one host.
  await Promise.all(Array.from({ length: 6 }, () => nectar.ping()));
  const create = nectar.createReconnectInvitation('7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36', { maxUses: 1 });
  const { error } = await create.result();
  const [name, outcome, attempts] = [error?.name, error?.outcome, error?.attempts];
  if (name !== 'ConnectionError' || outcome !== 'unknown' || attempts !== 1)
    throw new Error(`A create that was cut ended as ${name}, ${outcome}, after ${attempts} attempts.`);
}
