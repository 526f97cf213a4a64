import type { ApiKey, Credential } from './credentials.ts';
import type { Observer } from './events.ts';

/** Options of one call. What you leave out is taken from the client. */
export interface CallOptions {
  /**
   * Another key for this call, such as that of one of your tenants.
   *
   * @example
   * await client.ping({ apiKey: tenant.apiKey })
   */
  apiKey?: ApiKey | undefined;
  /**
   * Milliseconds for one attempt, from the `apiKey` function to the end of the body. `Infinity`: no limit.
   *
   * @example
   * await client.ping({ timeout: 2000 }) // a health check
   */
  timeout?: number | undefined;
  /**
   * Milliseconds for the whole call: waiting for its turn, each attempt and the pauses between them.
   *
   * @example
   * await client.ping({ totalTimeout: deadline - Date.now() })
   */
  totalTimeout?: number | undefined;
  /**
   * Retries after the first attempt, where one is safe. 0 turns them off.
   *
   * @example
   * await client.ping({ maxRetries: 0 }) // your job queue retries
   */
  maxRetries?: number | undefined;
  /**
   * Bytes of a response body after it is decompressed.
   *
   * @example
   * await client.ping({ maxResponseBytes: 64 * 1024 })
   */
  maxResponseBytes?: number | undefined;
  /**
   * Headers of this call, in addition to those of the client.
   *
   * @example
   * await client.ping({ headers: { traceparent } })
   */
  headers?: RequestInit['headers'] | undefined;
  /**
   * The header for the id of this call.
   *
   * @example
   * await client.ping({ callIdHeader: 'x-call-id' })
   */
  callIdHeader?: string | undefined;
  /**
   * Options for `fetch`, in addition to those of the client.
   *
   * @example
   * await client.ping({ fetchOptions: { cache: 'no-store' } })
   */
  fetchOptions?: FetchOptions | undefined;
  /**
   * Aborts the call at any point, with an `AbortError`.
   *
   * @example
   * request.on('close', () => controller.abort());
   * await client.ping({ signal: controller.signal })
   */
  signal?: AbortSignal | undefined;
}

/** Options of a client. `Schemes` are the names of the security schemes, if the contract has several. */
export interface ClientOptions<Schemes extends string = never> {
  /**
   * The API key. For a key that changes, pass a function: it is called before each request, at most `maxConcurrent`
   * times at once.
   *
   * @default the environment variable that the contract names
   * @example
   * createClient({ apiKey: async () => (await vault.read('api-key')).value })
   */
  apiKey?: ApiKey | undefined;
  /**
   * The credentials by the name of their security scheme, if the contract has several: a key or a token, a function
   * that returns one, or `{ username, password }`. An operation sends what it requires and nothing else.
   *
   * @default the environment variables that the contract names
   * @example
   * createClient({ credentials: { clientId: 'id', secret: () => vault.read('secret') } })
   */
  credentials?: { [Scheme in Schemes]?: Credential | undefined } | undefined;
  /**
   * The base URL of the service: https, or plain http on a loopback address.
   *
   * @default the first server of the contract
   * @example
   * createClient({ apiKey: 'any', baseUrl: 'http://127.0.0.1:4011' }) // a mock
   */
  baseUrl?: string | undefined;
  /**
   * Allow a `baseUrl` on plain http anywhere, such as a mock in another container. Everyone on the network path can
   * read the key.
   *
   * @default false
   * @example
   * createClient({ apiKey: 'any', baseUrl: 'http://mock:4011', allowInsecure: true })
   */
  allowInsecure?: boolean | undefined;
  /**
   * Milliseconds for one attempt, from the `apiKey` function to the end of the body. `Infinity`: no limit.
   *
   * @default 30_000
   * @example
   * createClient({ timeout: 5000 }) // a person is waiting
   */
  timeout?: number | undefined;
  /**
   * Milliseconds for a whole call: waiting for its turn, each attempt and the pauses between them.
   *
   * @default 120_000
   * @example
   * createClient({ totalTimeout: 10_000 }) // your own caller gives up after this
   */
  totalTimeout?: number | undefined;
  /**
   * Retries after the first attempt, where one is safe. 0 turns them off.
   *
   * @default 2
   * @example
   * createClient({ maxRetries: 5 }) // a job that runs at night
   */
  maxRetries?: number | undefined;
  /**
   * Requests in progress at the same time. Further calls wait for their turn.
   *
   * @default 10
   * @example
   * createClient({ maxConcurrent: 2 }) // leave room for others with the same key
   */
  maxConcurrent?: number | undefined;
  /**
   * Bytes of a response body after it is decompressed. The rest of a larger body is not read. A stream has no limit
   * unless its call sets one.
   *
   * @default 16_777_216 (16 MiB)
   * @example
   * createClient({ maxResponseBytes: 64 * 1024 * 1024 }) // long lists
   */
  maxResponseBytes?: number | undefined;
  /**
   * Headers for every request.
   *
   * @default none
   * @example
   * createClient({ headers: { 'x-team': 'billing' } })
   */
  headers?: RequestInit['headers'] | undefined;
  /**
   * A header for the id of a call: a random UUID, the same each time that the call is sent, unless the header is set
   * already. A browser can send a request again without a sign: a server of yours between it and the service can
   * discard repeats by this id. It changes nothing about retries.
   *
   * @default none
   * @example
   * createClient({ baseUrl: `${location.origin}/api`, apiKey: 'none', allowBrowser: true, callIdHeader: 'x-call-id' })
   */
  callIdHeader?: string | undefined;
  /**
   * Options for `fetch`, such as a `dispatcher` of undici for a proxy or a client certificate, or `keepalive`.
   *
   * @default none
   * @example
   * createClient({ fetchOptions: { dispatcher: new ProxyAgent('http://proxy.internal:3128') } })
   */
  fetchOptions?: FetchOptions | undefined;
  /**
   * Sends the requests. The client cannot know what your function did before it failed, so the outcome is `unknown`
   * then.
   *
   * @default the platform's `fetch`
   * @example
   * createClient({ fetch: (url, init) => recorder.fetch(url, init) })
   */
  fetch?: Fetch | undefined;
  /**
   * Called at the end of each attempt and of each call, without bodies and without the key. Errors that it throws are
   * ignored.
   *
   * @default none
   * @example
   * createClient({ observe: ({ type, method, path, status, duration }) => log(type, method, path, status, duration) })
   */
  observe?: Observer | undefined;
  /**
   * Allow an API key in a browser, where everyone who opens the page can read it.
   *
   * @default false
   * @example
   * createClient({ apiKey: 'any', baseUrl: 'http://127.0.0.1:4011', allowBrowser: true }) // a demo over the mock
   */
  allowBrowser?: boolean | undefined;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Options of `fetch` that the client does not set itself, including those of a platform beyond the standard. */
export type FetchOptions = Omit<RequestInit, 'body' | 'headers' | 'method' | 'redirect' | 'signal'> &
  Record<string, unknown>;

/** Options of a call with header parameters: these are fields of `headers`, next to any other headers. */
export interface HeaderOptions<Parameters> extends Omit<CallOptions, 'headers'> {
  headers: Parameters & Record<string, unknown>;
}

/** Options of a call with cookie parameters. A browser refuses them: it sends its own cookies. */
export interface CookieOptions<Parameters> {
  cookies: Parameters;
}

/** The options that `withOptions` can change. */
export type DerivedOptions = Omit<CallOptions, 'signal'>;
