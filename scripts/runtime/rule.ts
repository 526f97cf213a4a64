import type { WriteBody } from './body.ts';
import type { Security } from './credentials.ts';
import type { Styles, Writers } from './parameters.ts';
import type { Reading } from './response.ts';

/** The body that the contract documents for a success: a kind of JSON, optional JSON, or none. */
export type Expected = 'object' | 'array' | 'json' | 'unknown' | 'nothing';

/**
 * What the contract says of an operation: how to write its request, how to read its responses. Both clients follow it.
 * Each field is left out if it has the default value.
 */
export interface Rule {
  /** The server, if it differs from that of the service; empty if its address depends on variables. */
  server?: string;
  /** @default the security requirements of the whole contract */
  security?: Security;
  /** The contract allows a retry even if the request may have reached the service. GET and HEAD always allow it. */
  idempotent?: boolean;
  /** The header that makes a retry safe, in lower case. */
  idempotencyHeader?: string;
  /** Path parameters that must be UUIDs, in addition to those of the service. */
  uuids?: readonly string[];
  /** Path parameters that are not written in the default style. */
  path?: Writers;
  /** Query parameters that are not written in the default style. */
  query?: Styles;
  /** Header parameters, in lower case, that are not written in the default style. */
  headers?: Writers;
  /** Writes the cookie parameters, after those of the caller's own header. */
  cookies?: (cookies: object | undefined, own: string | undefined) => string;
  /** @default JSON */
  body?: WriteBody;
  /**
   * The media types of the documented responses that a client reads, those of the success first.
   * @default that of the service
   */
  accept?: string;
  /** The media type of the success that is a stream. */
  stream?: string;
  /** @default JSON */
  read?: Reading;
  /** @default that of the service for the method */
  expected?: Expected | undefined;
  /** The success statuses whose body is another one. */
  byStatus?: Readonly<Record<number, Expected>>;
  /** Whether the body of an error is text. @default never */
  textErrors?: (status: number) => boolean;
}

/**
 * Whether a request may be sent again although the service may have acted on the first.
 *
 * @param declared the method that the contract says this of
 * @param sent the method of the request, which middleware can change
 */
export function isRepeatable(
  { idempotent, idempotencyHeader }: Rule,
  declared: string,
  sent: string = declared,
): boolean {
  if (sent === 'GET' || sent === 'HEAD') return true;
  return sent === declared && (idempotent === true || idempotencyHeader !== undefined);
}
