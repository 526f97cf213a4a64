import { type ApiKey, type Credential, type Credentials, resolveCredentials } from './credentials.ts';
import { InvalidInputError } from './errors.ts';
import type { Observer } from './events.ts';
import { toPairs } from './request.ts';
import type { Service } from './service.ts';

/** Options of one call; what is left out is taken from the client. */
export interface CallOptions {
  /** Another key for this call alone. */
  apiKey?: ApiKey | undefined;
  /** Milliseconds for one attempt, from the `apiKey` function to the end of the body. `Infinity`: no limit. */
  timeout?: number | undefined;
  /** Milliseconds for the whole call: waiting for its turn, each attempt and the pauses between them. */
  totalTimeout?: number | undefined;
  /** How often a failed attempt may be followed by another one, where that is safe. 0: never. */
  maxRetries?: number | undefined;
  /** Bytes of a response body after it is decompressed. */
  maxResponseBytes?: number | undefined;
  /** Further headers; they come after those of the client. */
  headers?: RequestInit['headers'] | undefined;
  /** Further options for `fetch`, on top of those of the client. */
  fetchOptions?: FetchOptions | undefined;
  /** Ends the call, wherever it stands, with an `AbortError`. */
  signal?: AbortSignal | undefined;
}

/** Options of a client. `Schemes` are the names of the security schemes, where the contract has several. */
export interface ClientOptions<Schemes extends string = never> {
  /**
   * The API key, or a function that is asked for it before each request, at most `maxConcurrent` times at once.
   * Use a function for a key that changes.
   *
   * @default the environment variable that the contract names
   * @example
   * createClient({ apiKey: async () => (await vault.read('api-key')).value })
   */
  apiKey?: ApiKey | undefined;
  /**
   * By the name of the security scheme, where the contract has several: a key or a token, a function that is asked for
   * it, or `{ username, password }`. An operation gets what it asks for and nothing else.
   *
   * @default the environment variables that the contract names
   * @example
   * createClient({ credentials: { clientId: 'id', secret: () => vault.read('secret') } })
   */
  credentials?: { [Scheme in Schemes]?: Credential | undefined } | undefined;
  /**
   * Where the service is: https, or plain http on a loopback address.
   *
   * @default the first server of the contract
   * @example
   * createClient({ apiKey: 'any', baseUrl: 'http://127.0.0.1:4010' }) // a mock
   */
  baseUrl?: string | undefined;
  /**
   * Allow a `baseUrl` on plain http anywhere, such as a mock in another container. Everyone on the way can read the key.
   *
   * @default false
   */
  allowInsecure?: boolean | undefined;
  /**
   * Milliseconds for one attempt, from the `apiKey` function to the end of the body. `Infinity`: no limit.
   *
   * @default 30_000
   */
  timeout?: number | undefined;
  /**
   * Milliseconds for a whole call: waiting for its turn, each attempt and the pauses between them.
   *
   * @default 120_000
   */
  totalTimeout?: number | undefined;
  /**
   * How often a failed attempt may be followed by another one, where that is safe. 0: never.
   *
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * Requests under way at once; further calls wait for their turn.
   *
   * @default 10
   */
  maxConcurrent?: number | undefined;
  /**
   * Bytes of a response body after it is decompressed. A larger one is not read to its end. A stream has no limit
   * unless its call sets one.
   *
   * @default 16_777_216 (16 MiB)
   */
  maxResponseBytes?: number | undefined;
  /**
   * Headers for every request.
   *
   * @example
   * createClient({ headers: { 'x-team': 'billing' } })
   */
  headers?: RequestInit['headers'] | undefined;
  /**
   * Further options for `fetch`, such as a `dispatcher` of undici for a proxy or a client certificate, or `keepalive`.
   *
   * @example
   * createClient({ fetchOptions: { dispatcher: new ProxyAgent('http://proxy.internal:3128') } })
   */
  fetchOptions?: FetchOptions | undefined;
  /**
   * Sends the requests. What it did when it fails cannot be known, so that a failure of it has the outcome `unknown`.
   *
   * @default the platform's `fetch`
   */
  fetch?: Fetch | undefined;
  /**
   * Is told of the end of each attempt and of each call, without bodies and without the key. What it throws is ignored.
   *
   * @example
   * createClient({ observe: ({ type, method, path, status, duration }) => log(type, method, path, status, duration) })
   */
  observe?: Observer | undefined;
  /**
   * Allow an API key in a browser, where everyone who opens the page can read it.
   *
   * @default false
   */
  allowBrowser?: boolean | undefined;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Options of `fetch` that a client does not set itself, with those that a platform has beside the standard. */
export type FetchOptions = Omit<RequestInit, 'body' | 'headers' | 'method' | 'redirect' | 'signal'> &
  Record<string, unknown>;

/** Options of a call that has header parameters: they are fields of `headers`, beside any further ones. */
export interface HeaderOptions<Parameters> extends Omit<CallOptions, 'headers'> {
  headers: Parameters & Record<string, unknown>;
}

/** The options that a derived client can have of its own. */
export type DerivedOptions = Omit<CallOptions, 'signal'>;

/** Checked options of a client, nothing left out. */
export interface Settings {
  service: Service;
  baseUrl: string;
  origin: string;
  /** Undefined: the platform's. */
  fetch: Fetch | undefined;
  maxConcurrent: number;
  observe: Observer | undefined;
  defaults: Limits;
}

/** The options of a call, checked, nothing left out but its signal. */
export interface Limits {
  credentials: Credentials;
  timeout: number;
  totalTimeout: number;
  maxRetries: number;
  /** Undefined: as much as the way of reading allows by itself. */
  maxResponseBytes: number | undefined;
  /** By lower-case name. */
  headers: Record<string, string>;
  fetchOptions: FetchOptions;
}

/** What some platforms have beside the Web APIs that all of them share. */
const platform = globalThis as { process?: { env?: Record<string, string | undefined> }; document?: unknown };

/** @throws {InvalidInputError} that names the option and what it must be; never its value, where that is a key. */
export function resolveClientOptions(service: Service, options: ClientOptions<string>): Settings {
  const base = checkBaseUrl(options.baseUrl ?? service.baseUrl, options.allowInsecure);
  const credentials = resolveCredentials(service, options.apiKey, options.credentials);
  if (Object.keys(credentials).length > 0 && !options.allowBrowser && platform.document)
    throw new InvalidInputError(
      'In a browser, everyone can read the API key. Call the API from a server, or set allowBrowser.',
    );
  // A browser would ask the service first whether it may send this header.
  const userAgent = platform.process && !platform.document ? { 'user-agent': service.userAgent } : undefined;
  return {
    service,
    baseUrl: base.href.replace(/\/$/, ''),
    origin: base.origin,
    fetch: checkFunction('fetch', options.fetch),
    maxConcurrent: checkNumber('maxConcurrent', options.maxConcurrent ?? 10, 1),
    observe: checkFunction('observe', options.observe),
    defaults: resolveLimits(
      service,
      { ...options, apiKey: undefined },
      {
        credentials,
        timeout: 30_000,
        totalTimeout: 120_000,
        maxRetries: 2,
        maxResponseBytes: undefined,
        headers: { ...userAgent },
        fetchOptions: {},
      },
    ),
  };
}

/** @throws {InvalidInputError} that names the option */
export function resolveLimits(
  { schemes = {} }: Service,
  options: CallOptions | Partial<HeaderOptions<object>>,
  defaults: Limits,
): Limits {
  checkSignal(options.signal);
  const { maxResponseBytes = defaults.maxResponseBytes } = options;
  const [scheme] = Object.keys(schemes);
  return {
    credentials:
      options.apiKey && scheme ? { ...defaults.credentials, [scheme]: options.apiKey } : defaults.credentials,
    timeout: checkNumber('timeout', options.timeout ?? defaults.timeout),
    totalTimeout: checkNumber('totalTimeout', options.totalTimeout ?? defaults.totalTimeout),
    maxRetries: checkNumber('maxRetries', options.maxRetries ?? defaults.maxRetries),
    maxResponseBytes:
      maxResponseBytes === undefined ? undefined : checkNumber('maxResponseBytes', maxResponseBytes),
    headers: { ...defaults.headers, ...readHeaders(options.headers) },
    fetchOptions: { ...defaults.fetchOptions, ...options.fetchOptions },
  };
}

function checkNumber(name: string, value: number, least = 0): number {
  if (typeof value === 'number' && value >= least) return value;
  throw new InvalidInputError(`${name} must be a number, ${least} or more; it is ${String(value)}.`);
}

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal === undefined || typeof signal.addEventListener === 'function') return;
  throw new InvalidInputError('signal must be an AbortSignal.');
}

function checkFunction<F>(name: string, value: F): F {
  if (value === undefined || typeof value === 'function') return value;
  throw new InvalidInputError(`${name} must be a function.`);
}

/**
 * Headers by lower-case name. Of an object, what is undefined or null is left out, and a list is a repeated header.
 *
 * @throws {InvalidInputError} without the value, which may be a secret
 */
export function readHeaders(headers: RequestInit['headers'] | object): Record<string, string> {
  if (headers === undefined) return {};
  try {
    const iterable = Symbol.iterator in Object(headers);
    const pairs = iterable ? (headers as Headers) : (toPairs(headers) as [string, string][]);
    return Object.fromEntries(new Headers(pairs));
  } catch {
    throw new InvalidInputError('headers has a name or a value that HTTP does not allow.');
  }
}

function checkBaseUrl(baseUrl: string, allowInsecure: boolean | undefined): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;
  if (
    url &&
    (url.protocol === 'https:' ||
      (url.protocol === 'http:' && (allowInsecure || loopback.test(url.hostname)))) &&
    !(url.username || url.password || url.search || url.hash)
  )
    return url;
  throw new InvalidInputError(
    'baseUrl must be an absolute https URL without credentials, query or fragment. Plain http is for loopback addresses, and for others with allowInsecure.',
  );
}
