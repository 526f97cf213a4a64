import {
  type ApiClientError,
  type CallOptions,
  type ClientOptions,
  createClient,
  createFetchClient,
  HttpError,
  isApiClientError,
} from 'nectar-openapi';

/** With characters that JSON and URLs write differently. */
export const KEY = 'sk/live+4f9a"B7<c2~recognisable';

export const ID = '3f2b8c1e-7a4d-4e55-9b60-1c2d3e4f5a6b';

/** The two kinds of call that differ in whether a retry is safe: one that reads, one that creates. */
export const KINDS = ['GET', 'POST'] as const;

export type Kind = (typeof KINDS)[number];

/** The two clients over the transport. */
export const FACES = ['methods', 'fetch client'] as const;

export type Face = (typeof FACES)[number];

/** Each kind of call through each client. */
export const CALLS = FACES.flatMap((face) => KINDS.map((kind) => ({ face, kind })));

/** How a call ended, in the same form for both clients. */
export interface Settled {
  /** `data`, or the name of an error. A status that the fetch client returns is an `HttpError` as well. */
  end: string;
  /** Of the response, where there was one. */
  status: number | undefined;
  /** Of a success, or the body of an error status. */
  data: unknown;
  /** What was thrown. */
  error: ApiClientError | undefined;
}

/** A client under test. Its calls reject only with what is not an error of a client. */
export type Subject = Record<Kind, (options?: CallOptions & { body?: object }) => Promise<Settled>>;

export function methodClient(baseUrl: string, options: ClientOptions = {}) {
  return createClient({ apiKey: KEY, baseUrl, ...options });
}

export function fetchClient(baseUrl: string, options: ClientOptions = {}) {
  return createFetchClient({ apiKey: KEY, baseUrl, ...options });
}

export function connect(face: Face, baseUrl: string, options: ClientOptions = {}): Subject {
  return face === 'methods'
    ? methodSubject(methodClient(baseUrl, options))
    : fetchSubject(fetchClient(baseUrl, options));
}

export function methodSubject(client: ReturnType<typeof createClient>): Subject {
  const settleCall = (
    call: ReturnType<typeof client.getConnection> | ReturnType<typeof client.createReconnectInvitation>,
  ) => settle(call.withResponse().then(({ data, response }) => ({ data, status: response.status })));
  return {
    GET: (options) => settleCall(client.getConnection(ID, options)),
    POST: ({ body = { maxUses: 1 }, ...options } = {}) =>
      settleCall(client.createReconnectInvitation(ID, body, options)),
  };
}

export function fetchSubject(client: ReturnType<typeof createFetchClient>): Subject {
  const params = { path: { connection_id: ID } };
  return {
    GET: ({ body: _, ...options } = {}) =>
      settle(client.GET('/connection/{connection_id}/details', { params, ...options }).then(toEnd)),
    POST: ({ body = { maxUses: 1 }, ...options } = {}) =>
      settle(client.POST('/invitation/connection/{connection_id}', { params, body, ...options }).then(toEnd)),
  };
}

function toEnd({
  data,
  error,
  response,
}: {
  data?: unknown;
  error?: unknown;
  response: Response;
}): Partial<Settled> {
  const { ok, status } = response;
  // Without a body that shows the failure, the error is that of the methods.
  return ok
    ? { data, status }
    : { end: 'HttpError', data: error instanceof HttpError ? error.body : error, status };
}

async function settle(call: Promise<Partial<Settled>>): Promise<Settled> {
  try {
    return { end: 'data', status: undefined, data: undefined, error: undefined, ...(await call) };
  } catch (error) {
    if (!isApiClientError(error)) throw error;
    const data = error instanceof HttpError ? error.body : undefined;
    return { end: error.name, status: error.status, data, error };
  }
}

/** What a call threw. */
export async function errorOf(call: PromiseLike<unknown>): Promise<ApiClientError> {
  let data: unknown;
  try {
    data = await call;
  } catch (error) {
    if (isApiClientError(error)) return error;
    throw error;
  }
  throw new Error(`The call did not throw: ${JSON.stringify(data)}.`);
}

/** What a call of a subject threw. */
export async function failureOf(call: Promise<Settled>): Promise<ApiClientError> {
  const { error, ...settled } = await call;
  if (error) return error;
  throw new Error(`The call did not throw: ${JSON.stringify(settled)}.`);
}
