import {
  type Credentials,
  readCredential,
  resolveCredentials,
  type Scheme,
  type Security,
} from './credentials.ts';
import { InvalidInputError } from './errors.ts';
import type { Observer } from './events.ts';
import type { CallOptions, ClientOptions, Fetch, FetchOptions, HeaderOptions } from './options.ts';
import { own, type Writers, writeHeaders } from './parameters.ts';
import type { Expected, Rule } from './rule.ts';

/** What the contract says about the whole service. The generated code contains it. */
export interface Service {
  /** The title of the contract. Errors contain it, so that a guard can distinguish the errors of two clients. */
  name: string;
  /** Empty if the address depends on variables that have no default. */
  baseUrl: string;
  /** The value of `User-Agent`, on platforms that allow a client to set it. */
  userAgent: string;
  /** The supported security schemes, by name. `apiKey` is the value for the first. */
  schemes?: Readonly<Record<string, Scheme>>;
  /** The security requirements of operations that have none of their own. */
  security?: Security;
  /** Some operations need no credentials, so a client without any is allowed. */
  open?: boolean;
  /** Fields whose values are credentials (`x-secret`) and must not appear in a message. */
  secrets?: readonly string[];
  /** Path parameters that must be UUIDs wherever they are. */
  uuids?: readonly string[];
  /** What most operations ask for. @default 'application/json' */
  accept?: string;
  /** What most operations with a method respond with, by method. @default 'object' */
  expected?: Readonly<Record<string, Expected>>;
  /** The operations that differ from the defaults, by method and path: `POST /parcels`. */
  operations?: Readonly<Record<string, Rule>>;
}

/** The validated options of a client, with defaults. */
export interface Settings {
  service: Service;
  baseUrl: string;
  /** A `baseUrl` of the caller applies to every operation, so that a mock can serve all of them. */
  baseUrlGiven: boolean;
  allowInsecure: boolean;
  /** @default the platform's `fetch` */
  fetch: Fetch | undefined;
  maxConcurrent: number;
  observe: Observer | undefined;
  defaults: Limits;
}

/** The validated options of a call, with defaults; without its signal. */
export interface Limits {
  credentials: Credentials;
  timeout: number;
  totalTimeout: number;
  maxRetries: number;
  /** Undefined: the default of the function that reads the body. */
  maxResponseBytes: number | undefined;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** In lower case. */
  callIdHeader: string | undefined;
  fetchOptions: FetchOptions;
}

/** What some platforms have beyond the Web APIs. */
const platform = globalThis as { process?: { env?: Record<string, string | undefined> }; document?: unknown };

/** @throws {InvalidInputError} that names the option and what it must be, without the value of a key */
export function resolveClientOptions(service: Service, options: ClientOptions<string>): Settings {
  if (options.baseUrl === undefined && !service.baseUrl)
    throw new InvalidInputError(
      'baseUrl is missing: the address of the service depends on variables. Fill them in with serverUrl().',
    );
  const baseUrl = checkBaseUrl(options.baseUrl ?? service.baseUrl, options.allowInsecure ?? false);
  const credentials = resolveCredentials(service, options.apiKey, options.credentials);
  if (Object.keys(credentials).length > 0 && !options.allowBrowser && platform.document)
    throw new InvalidInputError(
      'In a browser, everyone can read the API key. Call the API from a server, or set allowBrowser.',
    );
  // In a browser, this header would cause a preflight request.
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
        callIdHeader: undefined,
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
  writers?: Writers,
): Limits {
  checkSignal(options.signal);
  const { maxResponseBytes = defaults.maxResponseBytes } = options;
  const [scheme] = Object.keys(schemes);
  const number = (name: 'timeout' | 'totalTimeout' | 'maxRetries') =>
    checkNumber(name, options[name] ?? defaults[name]);
  return {
    credentials:
      options.apiKey !== undefined && scheme
        ? { ...defaults.credentials, [scheme]: readCredential(options.apiKey) }
        : defaults.credentials,
    timeout: number('timeout'),
    totalTimeout: number('totalTimeout'),
    maxRetries: number('maxRetries'),
    maxResponseBytes:
      maxResponseBytes === undefined ? undefined : checkNumber('maxResponseBytes', maxResponseBytes),
    headers: { ...defaults.headers, ...writeHeaders(options.headers, writers) },
    callIdHeader: checkHeaderName(options.callIdHeader ?? defaults.callIdHeader),
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

function checkHeaderName(name: string | undefined): string | undefined {
  if (name === undefined || (typeof name === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(name)))
    return name?.toLowerCase();
  throw new InvalidInputError('callIdHeader must be the name of a header.');
}

/** The base URL of an operation. */
export function serverOf({ baseUrl, baseUrlGiven }: Settings, { server }: Rule): string {
  return server === undefined || baseUrlGiven ? baseUrl : server;
}

/** Fills in the variables of an address, for the generated `serverUrl`. */
export function fillServer(url: string, defaults: Record<string, string>, variables: object): string {
  const given = variables as Record<string, string>;
  const filled = url.replace(
    /\{([^{}]+)\}/g,
    (whole, name) => own(given, name) ?? own(defaults, name) ?? whole,
  );
  // A protocol-relative address: https.
  return filled.replace(/^\/\//, 'https://');
}

/** Empty for an address that is not known yet. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}

/** Whether a host name is this machine. Not `x.localhost`: for that, some platforms ask a resolver of the network. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Validates a base URL and removes a trailing slash. @throws {InvalidInputError} */
export function checkBaseUrl(baseUrl: string, allowInsecure: boolean): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (
    url &&
    (url.protocol === 'https:' ||
      (url.protocol === 'http:' && (allowInsecure || isLoopback(url.hostname)))) &&
    !(url.username || url.password || url.search || url.hash)
  )
    return url.href.replace(/\/$/, '');
  throw new InvalidInputError(
    'baseUrl must be an absolute https URL without credentials, query or fragment. Plain http is for loopback addresses, and for others with allowInsecure.',
  );
}
