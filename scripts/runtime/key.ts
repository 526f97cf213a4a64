import type { Outgoing } from './transport.ts';

/** Puts the API key on a request, where the contract wants it. */
export type PlaceKey = (request: Outgoing, key: string) => Outgoing;

/** @param name in lower case, as all header names are that a request has so far */
export function keyInHeader(name: string, prefix = ''): PlaceKey {
  return (request, key) => ({ ...request, headers: { ...request.headers, [name]: prefix + key } });
}

export function keyInQuery(name: string): PlaceKey {
  return (request, key) => {
    const { target } = request;
    const url = new URL(typeof target === 'string' ? target : target.url);
    url.searchParams.set(name, key);
    return { ...request, target: url.href };
  };
}
