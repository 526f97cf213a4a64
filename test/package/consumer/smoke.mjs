/**
 * What a user does with the package, once, on Web APIs alone: it runs in every runtime as it is.
 *
 * @param client the exports of `nectar-openapi`
 * @param webhooks the exports of `nectar-openapi/webhooks`
 * @param options of `createClient`; `baseUrl` is a mock of the contract
 */
export async function smoke(client, webhooks, options) {
  const transport = client.createTransport({ apiKey: 'any', maxRetries: 0, ...options });
  const nectar = client.createClient(transport);
  const api = client.createFetchClient(transport);
  const connectionId = '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36';
  const companyId = 'c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915';

  const invitation = await nectar.createReconnectInvitation(connectionId, { maxUses: 1 });
  expect('the status of the invitation', invitation.status, 'ACTIVE');

  const missing = await nectar.getConnection(connectionId, { headers: { prefer: 'code=404' } }).result();
  expect('a connection that is missing', [missing.error.status, missing.error.outcome], [404, 'rejected']);
  const aborted = await nectar.ping({ signal: AbortSignal.abort() }).result();
  expect('a call that was given up', [aborted.error.name, aborted.error.outcome], ['AbortError', 'not-sent']);

  const connections = [];
  for await (const connection of nectar.listConnections(companyId)) connections.push(connection.id);
  expect('a connection of the list', connections.includes(connectionId), true);

  const { data, response } = await api.GET('/ping');
  expect('a call of the fetch client', [response.status, typeof data], [200, 'object']);

  // Last, as every call of the transport waits for the Retry-After of a 429.
  const limited = nectar.createReconnectInvitation(connectionId, {}, { headers: { prefer: 'code=429' } });
  const refusal = await limited.catch((error) => error);
  expect('the class of a refusal', refusal instanceof client.HttpError, true);
  expect('whose it is', client.isErrorOf(refusal, 'createReconnectInvitation'), true);
  expect('a create beyond the limit', [refusal.status, refusal.outcome], [429, 'rejected']);

  const secret = 'whsec_dGhpcyBvbmUgaXMgZm9yIHRlc3RzIGFsb25l';
  const sent = { eventType: 'connection.updated.v2', id: connectionId, status: 'CONNECTED' };
  const { body, headers } = webhooks.signTestEvent(sent, secret);
  expect('the event', webhooks.unwrap(new TextEncoder().encode(body), headers, secret), sent);
  let reason;
  try {
    webhooks.unwrap(`${body} `, headers, secret);
  } catch (error) {
    reason = error instanceof webhooks.WebhookError && error.reason;
  }
  expect('what is said of a forged event', reason, 'bad-signature');
}

function expect(what, actual, wanted) {
  const [found, hoped] = [actual, wanted].map((value) => JSON.stringify(value));
  if (found !== hoped) throw new Error(`Expected ${what} to be ${hoped}, but got ${found}.`);
}
