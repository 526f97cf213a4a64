import { type Credentials, resolveCredentials, type Scheme, type Security } from './credentials.ts';
import { InvalidInputError } from './errors.ts';
import type { Observer } from './events.ts';
import type { CallOptions, ClientOptions, Fetch, FetchOptions, HeaderOptions } from './options.ts';
import { toPairs } from './request.ts';

/** What the contract says of the service as a whole; the generated code hands it in. */
export interface Service {
  /** Its title. Errors carry it, so that a guard can distinguish those of two clients. */
  name: string;
  baseUrl: string;
  /** What `User-Agent` says, where the platform lets a client say it. */
  userAgent: string;
  /** The security schemes that one value satisfies, by name. The first is what `apiKey` is for. */
  schemes?: Readonly<Record<string, Scheme>>;
  /** What operations need unless they say otherwise. */
  security?: Security;
  /** Some operations need nothing, so that a client can do without credentials. */
  open?: boolean;
  /** Fields whose value is a credential (`x-secret`): no message quotes it. */
  secrets?: readonly string[];
}

/** Checked options of a client, nothing left out. */
export interface Settings {
  service: Service;
  baseUrl: string;
  /** The caller's `baseUrl` holds for every operation, so that a mock can serve all of them. */
  baseUrlGiven: boolean;
  allowInsecure: boolean;
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
  const baseUrl = checkBaseUrl(options.baseUrl ?? service.baseUrl, options.allowInsecure ?? false);
  const credentials = resolveCredentials(service, options.apiKey, options.credentials);
  if (Object.keys(credentials).length > 0 && !options.allowBrowser && platform.document)
    throw new InvalidInputError(
      'In a browser, everyone can read the API key. Call the API from a server, or set allowBrowser.',
    );
  // A browser would ask the service first whether it may send this header.
  const userAgent = platform.process && !platform.document ? { 'user-agent': service.userAgent } : undefined;
  return {
    service,
    baseUrl,
    baseUrlGiven: options.baseUrl !== undefined,
    allowInsecure: options.allowInsecure ?? false,
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

/** Where an operation is. @param server of the operation, where the contract gives it one */
export function serverOf({ baseUrl, baseUrlGiven }: Settings, server: string | undefined): string {
  return server === undefined || baseUrlGiven ? baseUrl : server;
}

/** The address without a slash at its end. @throws {InvalidInputError} */
export function checkBaseUrl(baseUrl: string, allowInsecure: boolean): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;
  if (
    url &&
    (url.protocol === 'https:' ||
      (url.protocol === 'http:' && (allowInsecure || loopback.test(url.hostname)))) &&
    !(url.username || url.password || url.search || url.hash)
  )
    return url.href.replace(/\/$/, '');
  throw new InvalidInputError(
    'baseUrl must be an absolute https URL without credentials, query or fragment. Plain http is for loopback addresses, and for others with allowInsecure.',
  );
}
