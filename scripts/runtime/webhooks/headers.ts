import { WebhookError } from './error.ts';

/** Headers of a request: those of `fetch`, or an object such as `request.headers` of Node. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What the signature covers beside the body, and the signature, under the names that standardwebhooks reads. */
export interface SignatureHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/** Svix sends its own names, or those of Standard Webhooks (https://docs.svix.com/receiving/verifying-payloads/how-manual). */
export type HeaderPrefix = 'svix' | 'webhook';

const prefixes: HeaderPrefix[] = ['svix', 'webhook'];

/**
 * All three headers under one prefix. A request with both is read by `svix` throughout, so that what is verified and
 * what the receiver takes for the id are the same.
 *
 * @throws {WebhookError} naming what is missing
 */
export function readSignatureHeaders(headers: WebhookHeaders): SignatureHeaders {
  const pairs: Iterable<[string, unknown]> =
    Symbol.iterator in headers ? (headers as Headers) : Object.entries(headers);
  const values = new Map(Array.from(pairs, ([name, value]) => [name.toLowerCase(), value]));
  const read = (name: string) => [values.get(name) ?? ''].flat().join(', ');
  const missing = prefixes.map((prefix) =>
    ['id', 'timestamp', 'signature'].map((part) => `${prefix}-${part}`).filter((name) => !read(name)),
  );
  const complete = prefixes.find((_, index) => missing[index]?.length === 0);
  if (complete)
    return {
      'webhook-id': read(`${complete}-id`),
      'webhook-timestamp': read(`${complete}-timestamp`),
      'webhook-signature': read(`${complete}-signature`),
    };
  // Of the two, the one that comes closer is what the sender meant.
  const [names = []] = missing.sort((one, other) => one.length - other.length);
  throw new WebhookError(
    'missing-header',
    `The request has no ${names.join(', ')}: it does not come from the sender, or something on the way removes headers.`,
  );
}

/**
 * The id of an event: the same for each delivery of it, so that a receiver can detect a duplicate. Trust it only after
 * `unwrap` has verified the same headers.
 *
 * @throws {WebhookError} `missing-header`
 */
export function eventId(headers: WebhookHeaders): string {
  return readSignatureHeaders(headers)['webhook-id'];
}
