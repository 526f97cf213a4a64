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
