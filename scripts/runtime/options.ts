import { InvalidInputError } from './errors.ts';
import type { PlaceKey } from './key.ts';

/** Options of one call; what is left out is taken from the client. */
export interface CallOptions {
  /** Another key for this call alone. */
  apiKey?: ApiKey | undefined;
  /** Milliseconds for one try, its body included. `Infinity` waits for ever. */
  timeout?: number | undefined;
  /** Milliseconds for the whole call: queueing, every try and the waits between them. */
  totalTimeout?: number | undefined;
  /** How often a failed try may be repeated, where that is safe. 0: never. */
  maxRetries?: number | undefined;
  /** Further headers; they come after those of the client. */
  headers?: RequestInit['headers'] | undefined;
  /** Ends the call, wherever it stands, with an `AbortError`. */
  signal?: AbortSignal | undefined;
}

/** Options of a client. */
export interface ClientOptions {
  /**
   * The API key, or a function that is asked for it before each request.
   * @default the environment variable that the contract names
   */
  apiKey?: ApiKey | undefined;
  /**
   * Where the service is: https, or plain http on a loopback address.
   * @default the first server of the contract
   */
  baseUrl?: string | undefined;
  /**
   * Milliseconds for one try, its body included. `Infinity` waits for ever.
   * @default 30_000
   */
  timeout?: number | undefined;
  /**
   * Milliseconds for a whole call: queueing, every try and the waits between them.
   * @default 120_000
   */
  totalTimeout?: number | undefined;
  /**
   * How often a failed try may be repeated, where that is safe. 0: never.
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * Requests under way at once; further calls wait for their turn.
   * @default 10
   */
  maxConcurrent?: number | undefined;
  /** Headers for every request. */
  headers?: RequestInit['headers'] | undefined;
  /**
   * Sends the requests.
   * @default the platform's `fetch`
   */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * Allow an API key in a browser, where everyone who opens the page can read it.
   * @default false
   */
  allowBrowser?: boolean | undefined;
}

export type ApiKey = string | (() => string | Promise<string>);

/** What the contract says of the service; the generated client hands it in. */
export interface Service {
  baseUrl: string;
  apiKey?: ServiceKey;
}

export interface ServiceKey {
  place: PlaceKey;
  /** The environment variable that holds the key where none is given. */
  variable?: string;
  /** Some operations need no key, so that a client can do without. */
  optional?: boolean;
}

/** Checked options, nothing left out. */
export interface Settings {
  baseUrl: string;
  origin: string;
  placeKey: PlaceKey | undefined;
  apiKey: ApiKey | undefined;
  timeout: number;
  totalTimeout: number;
  maxRetries: number;
  maxConcurrent: number;
  /** By lower-case name. */
  headers: Record<string, string>;
  fetch: typeof globalThis.fetch;
}

/** What some platforms have beside the Web APIs that all of them share. */
const platform = globalThis as { process?: { env?: Record<string, string | undefined> }; document?: unknown };

/** @throws {InvalidInputError} that names the option and what it must be; never its value, where that is a key. */
export function resolveOptions(service: Service, options: ClientOptions): Settings {
  const base = checkBaseUrl(options.baseUrl ?? service.baseUrl);
  const apiKey = service.apiKey && resolveKey(service.apiKey, options.apiKey);
  if (apiKey && !options.allowBrowser && platform.document)
    throw new InvalidInputError(
      'In a browser, everyone can read the API key. Call the API from a server, or set allowBrowser.',
    );
  return {
    baseUrl: base.href.replace(/\/$/, ''),
    origin: base.origin,
    placeKey: service.apiKey?.place,
    apiKey,
    timeout: checkNumber('timeout', options.timeout ?? 30_000),
    totalTimeout: checkNumber('totalTimeout', options.totalTimeout ?? 120_000),
    maxRetries: checkNumber('maxRetries', options.maxRetries ?? 2),
    maxConcurrent: checkNumber('maxConcurrent', options.maxConcurrent ?? 10, 1),
    headers: checkHeaders(options.headers),
    fetch: options.fetch ?? ((...request) => fetch(...request)),
  };
}

function resolveKey({ variable = '', optional }: ServiceKey, given: ApiKey | undefined): ApiKey | undefined {
  const key = given ?? platform.process?.env?.[variable];
  return typeof key === 'function' || (optional && !key) ? key : checkKey(key, variable);
}

/** @throws {InvalidInputError} without the value, when a key is missing or could not stand in a header. */
export function checkKey(key: unknown, variable = ''): string {
  if (typeof key === 'string' && /^[!-~]+$/.test(key)) return key;
  throw new InvalidInputError(
    `The API key is ${key ? 'not a string of printable ASCII characters' : 'missing'}. Give createClient an apiKey${variable && ` or set ${variable}`}.`,
  );
}

/** @throws {InvalidInputError} when it is no number, or less than `least`. */
export function checkNumber(name: string, value: number, least = 0): number {
  if (typeof value === 'number' && value >= least) return value;
  throw new InvalidInputError(`${name} must be a number, ${least} or more; it is ${String(value)}.`);
}

/**
 * Headers by lower-case name.
 *
 * @throws {InvalidInputError} without the value, which may be a secret
 */
export function checkHeaders(headers: RequestInit['headers']): Record<string, string> {
  try {
    return headers ? Object.fromEntries(new Headers(headers)) : {};
  } catch {
    throw new InvalidInputError('headers has a name or a value that HTTP does not allow.');
  }
}

function checkBaseUrl(baseUrl: string): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;
  if (
    url &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname))) &&
    !(url.username || url.password || url.search || url.hash)
  )
    return url;
  throw new InvalidInputError(
    'baseUrl must be an absolute https URL (plain http on a loopback address alone), without credentials, query or fragment.',
  );
}
