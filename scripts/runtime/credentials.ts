import { InvalidInputError } from './errors.ts';
import type { Service } from './settings.ts';

export interface Scheme {
  place: PlaceKey;
  /** The environment variable that holds the key, for a client without an `apiKey`. */
  variable?: string;
}

/** Alternatives, each with the names of the schemes that it needs. Of none, a request is sent as it is. */
export type Security = readonly (readonly string[])[];

/** The address and the headers of a request. */
export interface Target {
  url: string;
  /** By lower-case name. */
  headers: Record<string, string>;
}

/** Puts a key on a request, where the contract wants it. */
export type PlaceKey = (target: Target, key: string) => Target;

/** @param name in lower case, as all header names are that a request has so far */
export function keyInHeader(name: string, prefix = ''): PlaceKey {
  return ({ url, headers }, key) => ({ url, headers: { ...headers, [name]: prefix + key } });
}

export function keyInQuery(name: string): PlaceKey {
  return ({ url, headers }, key) => {
    const withKey = new URL(url);
    withKey.searchParams.set(name, key);
    return { url: withKey.href, headers };
  };
}

export type ApiKey = string | (() => string | Promise<string>);

/** What satisfies a security scheme: a key, a token, or a user for basic authentication. */
export type Credential = ApiKey | { username: string; password: string };

/** Checked credentials by the name of their scheme. */
export type Credentials = Readonly<Record<string, ApiKey>>;

/** What some platforms have beside the Web APIs that all of them share. */
const environment =
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {};

/**
 * The credentials of a client: what it is given, or what the environment holds.
 *
 * @throws {InvalidInputError} without a value, when one cannot be sent or all are missing
 */
export function resolveCredentials(
  { schemes = {}, open }: Service,
  apiKey: ApiKey | undefined,
  given: Readonly<Record<string, Credential | undefined>> = {},
): Credentials {
  const names = Object.keys(schemes);
  const [first = ''] = names;
  const resolved = names.flatMap((name): [string, ApiKey][] => {
    const { variable = '' } = schemes[name] ?? {};
    const credential = given[name] ?? (name === first ? apiKey : undefined) ?? environment[variable];
    return credential === undefined || (credential === '' && open)
      ? []
      : [[name, readCredential(credential)]];
  });
  if (names.length > 0 && resolved.length === 0 && !open) throw missing(names, schemes[first]?.variable);
  return Object.fromEntries(resolved);
}

function readCredential(credential: Credential): ApiKey {
  if (typeof credential !== 'object' || credential === null)
    return typeof credential === 'function' ? credential : checkKey(credential);
  const { username, password } = credential;
  // btoa takes characters for bytes.
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return btoa(String.fromCharCode(...bytes));
}

/** @throws {InvalidInputError} without the value, when a key could not stand in a header. Spaces within it are allowed. */
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
 * The schemes of the first alternative that there are credentials for. One that needs nothing comes last.
 *
 * @throws {InvalidInputError} that names what is missing
 */
export function chooseSchemes(security: Security, credentials: Credentials): readonly string[] {
  const complete = security.filter((names) => names.every((name) => Object.hasOwn(credentials, name)));
  const chosen = complete.find((names) => names.length > 0) ?? complete[0];
  if (chosen || security.length === 0) return chosen ?? [];
  const wanted = security.map((names) => names.join(' and ')).join(', or ');
  throw new InvalidInputError(`The API key is missing: the operation needs ${wanted}.`);
}
