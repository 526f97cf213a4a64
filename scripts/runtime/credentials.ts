import { InvalidInputError } from './errors.ts';
import { addQuery, own } from './parameters.ts';
import type { Service } from './settings.ts';
import { checkCookies } from './styles.ts';

export interface Scheme {
  place: PlaceKey;
  /** The environment variable to read the key from if the client has no `apiKey`. */
  variable?: string;
}

/**
 * Security requirements: alternatives, each with the names of the schemes that it needs. An empty list needs nothing.
 */
export type Security = readonly (readonly string[])[];

/** The URL and the headers of a request. */
export interface Target {
  url: string;
  /** By lower-case name. */
  headers: Record<string, string>;
}

/**
 * Adds a key to a request, in the place that the contract requires, unless the caller has set that header or query
 * parameter.
 */
export type PlaceKey = (target: Target, key: string) => Target;

/** @param name in lower case, like all header names of a request */
export function keyInHeader(name: string, prefix = ''): PlaceKey {
  return ({ url, headers }, key) => ({ url, headers: { [name]: prefix + key, ...headers } });
}

export function keyInQuery(name: string): PlaceKey {
  return ({ url, headers }, key) => {
    const given = new URL(url).searchParams.has(name);
    const pair = [name, key].map(encodeURIComponent).join('=');
    return { url: given ? url : addQuery(url, pair), headers };
  };
}

export function keyInCookie(name: string): PlaceKey {
  return ({ url, headers }, key) => {
    checkCookies();
    if (/[\s",;\\]/.test(key))
      throw new InvalidInputError('The API key contains a character that no cookie can have.');
    const { cookie: others } = headers;
    const cookie = [others, `${name}=${key}`].filter(Boolean).join('; ');
    return { url, headers: { ...headers, cookie } };
  };
}

export type ApiKey = string | (() => string | Promise<string>);

/** The value for a security scheme: a key, a token, or a user name and password for basic authentication. */
export type Credential = ApiKey | { username: string; password: string };

/** Validated credentials by the name of their scheme. */
export type Credentials = Readonly<Record<string, ApiKey>>;

/** Node, Bun and Deno have environment variables; other platforms do not. */
const environment =
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {};

/**
 * Resolves the credentials of a client: from its options, or else from environment variables.
 *
 * @throws {InvalidInputError} if a credential cannot be sent or all are missing. The message does not contain the
 *   value.
 */
export function resolveCredentials(
  { schemes = {}, open }: Service,
  apiKey: ApiKey | undefined,
  given: Readonly<Record<string, Credential | undefined>> = {},
): Credentials {
  const names = Object.keys(schemes);
  const [first = ''] = names;
  const resolved = names.flatMap((name): [string, ApiKey][] => {
    const options = [own(given, name), name === first ? apiKey : undefined];
    const credential = options.find((each) => each !== undefined);
    if (credential !== undefined) return [[name, readCredential(credential)]];
    const variable = own(environment, schemes[name]?.variable ?? '');
    return variable ? [[name, checkKey(variable)]] : [];
  });
  if (names.length > 0 && resolved.length === 0 && !open) throw missing(names, schemes[first]?.variable);
  return Object.fromEntries(resolved);
}

/** @throws {InvalidInputError} for a value that cannot be sent, such as an empty one */
export function readCredential(credential: Credential): ApiKey {
  if (typeof credential !== 'object' || credential === null)
    return typeof credential === 'function' ? credential : checkKey(credential);
  const { username, password } = credential;
  // btoa treats each character as one byte.
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return btoa(String.fromCharCode(...bytes));
}

/** @throws {InvalidInputError} if the key cannot be the value of a header. The message does not contain the key. */
export function checkKey(key: unknown): string {
  if (typeof key === 'string' && /^[!-~]([ -~]*[!-~])?$/.test(key)) return key;
  const fault = key ? 'not a string of printable ASCII characters' : 'missing';
  throw new InvalidInputError(`The API key is ${fault}.`);
}

function missing(names: string[], variable: string | undefined): InvalidInputError {
  const advice = variable ? ` or set ${variable}` : '';
  return new InvalidInputError(
    names.length === 1
      ? `The API key is missing. Give createClient an apiKey${advice}.`
      : `All credentials are missing. Give createClient credentials for ${names.join(', ')}${advice}.`,
  );
}

/**
 * Chooses the first alternative for which all credentials exist. One that needs nothing is the last choice.
 *
 * @throws {InvalidInputError} that names the missing schemes
 */
export function chooseSchemes(security: Security, credentials: Credentials): readonly string[] {
  const complete = security.filter((names) => names.every((name) => Object.hasOwn(credentials, name)));
  const chosen = complete.find((names) => names.length > 0) ?? complete[0];
  if (chosen || security.length === 0) return chosen ?? [];
  const wanted = security.map((names) => names.join(' and ')).join(', or ');
  throw new InvalidInputError(`The API key is missing: the operation needs ${wanted}.`);
}
