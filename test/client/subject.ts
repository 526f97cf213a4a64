import { type ApiClientError, type ClientOptions, createClient, isApiClientError } from 'nectar-openapi';

/** With characters that JSON and URLs write differently. */
export const KEY = 'sk/live+4f9a"B7<c2~recognisable';

export const ID = '3f2b8c1e-7a4d-4e55-9b60-1c2d3e4f5a6b';

/** The two kinds of call that differ in what may be repeated. */
export const KINDS = ['GET', 'POST'] as const;

export type Kind = (typeof KINDS)[number];

export function connect(baseUrl: string, options: ClientOptions = {}) {
  return createClient({ apiKey: KEY, baseUrl, ...options });
}

/** One call that reads or one that creates, with the error that it ends with. */
export function fail(
  client: ReturnType<typeof connect>,
  kind: Kind,
  options?: Parameters<typeof client.ping>[0],
): Promise<ApiClientError> {
  return kind === 'GET'
    ? errorOf(client.getConnection(ID, options))
    : errorOf(client.createReconnectInvitation(ID, { maxUses: 1 }, options));
}

export async function errorOf(call: PromiseLike<unknown>): Promise<ApiClientError> {
  let data: unknown;
  try {
    data = await call;
  } catch (error) {
    if (isApiClientError(error)) return error;
    throw error;
  }
  throw new Error(`The call succeeded with ${JSON.stringify(data)}.`);
}
