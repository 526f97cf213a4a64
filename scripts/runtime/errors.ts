import type { RedirectStatus, SuccessStatus } from './status.ts';

/**
 * What the server may have done with a call that failed:
 * - `not-sent`: nothing reached the server; the call can be made again.
 * - `rejected`: the server refused; it did nothing.
 * - `unknown`: the server may have acted, and its answer was lost or says nothing about it. Look before you repeat.
 */
export type Outcome = 'not-sent' | 'rejected' | 'unknown';

/** Where and how far a call got. */
export interface CallTrace {
  /** The operationId; undefined for a call through `raw`. */
  readonly operation?: string | undefined;
  readonly method: string;
  /** The path template, as in the contract. */
  readonly path: string;
  /** Requests handed to `fetch`. */
  readonly attempts: number;
  readonly outcome: Outcome;
}

/** Shared by copies of this module, so that the guard works across bundles. */
const brand = Symbol.for('openapi-client-error');

/** Base of every error that a call rejects with. */
export abstract class ApiClientError extends Error {
  declare readonly operation: string | undefined;
  declare readonly method: string | undefined;
  /** The path template, as in the contract. */
  declare readonly path: string | undefined;
  /** Requests that were handed to `fetch`. */
  declare readonly attempts: number;
  declare readonly outcome: Outcome;
  /** The HTTP status, where there was an answer. */
  declare readonly status: number | undefined;

  /** @param fields what the class adds */
  constructor(message: string, trace?: CallTrace, cause?: unknown, fields?: object) {
    const unsure = trace?.outcome === 'unknown' && trace.method !== 'GET';
    super(
      (trace ? `${trace.method} ${trace.path} ` : '') +
        message +
        (unsure ? ' The server may have acted: look before you repeat the call.' : ''),
      cause === undefined ? undefined : { cause },
    );
    Object.defineProperty(this, brand, { value: true });
    this.operation = trace?.operation;
    this.method = trace?.method;
    this.path = trace?.path;
    this.attempts = trace?.attempts ?? 0;
    this.outcome = trace?.outcome ?? 'not-sent';
    Object.assign(this, fields);
  }

  /** `JSON.stringify` leaves out an error's name and message unless told. */
  toJSON(): object {
    return { ...this, name: this.name, message: this.message };
  }
}

/** True for every error of this client, also one made by another copy of this module. */
export function isApiClientError(error: unknown): error is ApiClientError {
  return brand in Object(error);
}

/** An option or an argument that cannot be sent; nothing was. */
export class InvalidInputError extends ApiClientError {
  declare readonly status: undefined;
  static {
    InvalidInputError.prototype.name = 'InvalidInputError';
  }
}

/** No connection, or one that broke before the whole answer was read. `cause` is the error of `fetch`. */
export class ConnectionError extends ApiClientError {
  declare readonly status: undefined;
  static {
    ConnectionError.prototype.name = 'ConnectionError';
  }
}

/** `timeout` (one try) or `totalTimeout` (the whole call, waiting included) ran out. */
export class TimeoutError extends ApiClientError {
  declare readonly status: undefined;
  static {
    TimeoutError.prototype.name = 'TimeoutError';
  }
}

/** The caller's `signal` was aborted. `cause` is its reason. */
export class AbortError extends ApiClientError {
  declare readonly status: undefined;
  static {
    AbortError.prototype.name = 'AbortError';
  }
}

/** The server answered with a redirect, which is never followed: the API key would go along. */
export class RedirectError extends ApiClientError {
  declare readonly status: RedirectStatus;
  /** Where the server points to; undefined in browsers, which do not tell. */
  declare readonly location: string | undefined;
  static {
    RedirectError.prototype.name = 'RedirectError';
  }
}

/** A success status with a body that is not what the contract promises. */
export class InvalidResponseError extends ApiClientError {
  declare readonly status: SuccessStatus;
  declare readonly headers: Headers;
  static {
    InvalidResponseError.prototype.name = 'InvalidResponseError';
  }
}

/** The server answered with an error status. */
export class HttpError<Status extends number = number, Body = unknown> extends ApiClientError {
  declare readonly status: Status;
  /** The body as the contract documents it for this status; undefined where the answer held no JSON. */
  declare readonly body: Body | undefined;
  /** The `detail` of the body, where it is a string. */
  declare readonly detail: string | undefined;
  declare readonly headers: Headers;
  /** Seconds that the server asks to wait; undefined where it does not, or not in a form that can be read. */
  declare readonly retryAfter: number | undefined;
  static {
    HttpError.prototype.name = 'HttpError';
  }
}
