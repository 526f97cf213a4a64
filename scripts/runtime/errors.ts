/**
 * What the service may have done in a call that failed:
 * - `not-sent`: no request reached the service. It is safe to call again.
 * - `rejected`: the service refused the request and did nothing.
 * - `unknown`: the service may have acted; its response was lost or does not tell. Check before you call again.
 *
 * Whether a connection was established is only known in Node. Elsewhere, and with a `fetch` of your own, a call whose
 * connection fails is `unknown`.
 */
export type Outcome = 'not-sent' | 'rejected' | 'unknown';

/** The call that an error or an event belongs to, and how far it came. */
export interface CallContext {
  /** Name of the service: the title of its contract. */
  readonly service: string;
  /** The operationId; undefined for a call of the fetch client. */
  readonly operation?: string | undefined;
  readonly method: string;
  /** The path template of the contract. */
  readonly path: string;
  /**
   * Requests passed to `fetch`, and those that `fetch` of Node repeated by itself. A browser repeats a request whose
   * connection breaks up to six times without a sign: they are not counted. See `callIdHeader`.
   */
  readonly attempts: number;
  readonly outcome: Outcome;
  /** The call may be repeated although the service may have acted. */
  readonly repeatable?: boolean;
  /** The request id of the last response, if it had one. */
  readonly requestId?: string | undefined;
  /** The idempotency key of this call, if the operation has one. Pass the same key to repeat the call safely. */
  readonly idempotencyKey?: string | undefined;
}

/**
 * Marks the errors of a service by its name. Shared by copies of this module, so that the guard works across bundles.
 */
const serviceOf = Symbol.for('openapi-client-error');

/** Base of every error that a client throws. */
export abstract class ApiClientError extends Error {
  /** The operationId; undefined for a call of the fetch client. */
  declare readonly operation: string | undefined;
  declare readonly method: string | undefined;
  /** The path template of the contract. */
  declare readonly path: string | undefined;
  /**
   * Requests passed to `fetch`, and those that `fetch` of Node repeated by itself. A browser repeats a request whose
   * connection breaks up to six times without a sign: they are not counted. See `callIdHeader`.
   */
  declare readonly attempts: number;
  declare readonly outcome: Outcome;
  /** The request id of the last response, for the support team of the service. */
  declare readonly requestId: string | undefined;
  /** The idempotency key of this call, if the operation has one. Pass the same key to repeat the call safely. */
  declare readonly idempotencyKey: string | undefined;
  /** The HTTP status, if there was a response. */
  declare readonly status: number | undefined;

  /**
   * @param message one line that contains no key
   * @param cause an error of this client, or a redacted copy of another error
   * @param fields the additional fields of the subclass
   */
  constructor(message: string, context: ErrorContext = {}, cause?: unknown, fields?: object) {
    super(describe(message, context), cause === undefined ? undefined : { cause });
    const { service, operation, method, path, attempts = 0, outcome = 'not-sent' } = context;
    Object.defineProperty(this, serviceOf, { value: service });
    this.operation = operation;
    this.method = method;
    this.path = path;
    this.attempts = attempts;
    this.outcome = outcome;
    this.requestId = context.requestId;
    this.idempotencyKey = context.idempotencyKey;
    Object.assign(this, fields);
  }

  /** Without it, `JSON.stringify` omits the name and the message of an error, and the entries of `Headers`. */
  toJSON(): object {
    const { headers, ...fields } = this as { headers?: Headers };
    return {
      name: this.name,
      message: this.message,
      ...fields,
      ...(headers && { headers: Object.fromEntries(headers) }),
    };
  }
}

/** An error outside of a call, such as that of an invalid option, has only the service. */
type ErrorContext = Partial<CallContext>;

function describe(message: string, context: ErrorContext): string {
  const { method, path, outcome, repeatable, requestId, idempotencyKey } = context;
  if (!method) return message;
  const advice = idempotencyKey
    ? `send ${idempotencyKey} again as the idempotency key.`
    : 'check before you call again.';
  return [
    `${method} ${path} ${message}`,
    outcome === 'unknown' && (idempotencyKey || !repeatable) ? ` The service may have acted: ${advice}` : '',
    requestId ? ` Request id: ${requestId}.` : '',
  ].join('');
}

/** True for every error of a client of this service, also one thrown by another copy of this module. */
export function isErrorOfService(error: unknown, service: string): error is ApiClientError {
  try {
    return Object(error)[serviceOf] === service;
  } catch {
    // A getter of a foreign object threw.
    return false;
  }
}

/** Input or options that cannot be sent, or middleware that left no body to read. */
export class InvalidInputError extends ApiClientError {
  declare readonly status: undefined;
  static {
    InvalidInputError.prototype.name = 'InvalidInputError';
  }
}

/** The `apiKey` function failed, or did not return a key. `cause` is a copy of its error. */
export class ApiKeyError extends ApiClientError {
  declare readonly status: undefined;
  static {
    ApiKeyError.prototype.name = 'ApiKeyError';
  }
}

/**
 * There was no connection, or it broke before the whole response was read. `cause` is a copy of the error of `fetch`.
 */
export class ConnectionError extends ApiClientError {
  declare readonly status: undefined;
  static {
    ConnectionError.prototype.name = 'ConnectionError';
  }
}

/** `timeout` (one attempt) or `totalTimeout` (the whole call) ran out. */
export class TimeoutError extends ApiClientError {
  declare readonly status: undefined;
  static {
    TimeoutError.prototype.name = 'TimeoutError';
  }
}

/** The caller's `signal` was aborted. `cause` is a copy of its reason. */
export class AbortError extends ApiClientError {
  declare readonly status: undefined;
  static {
    AbortError.prototype.name = 'AbortError';
  }
}

/** The service responded with a redirect, which is never followed: the API key would go along. */
export class RedirectError extends ApiClientError {
  declare readonly status: RedirectStatus;
  /** The target of the redirect; undefined in browsers, which hide it. */
  declare readonly location: string | undefined;
  static {
    RedirectError.prototype.name = 'RedirectError';
  }
}

/** A success response whose body does not match the contract. */
export class InvalidResponseError extends ApiClientError {
  declare readonly status: SuccessStatus;
  declare readonly headers: Headers;
  static {
    InvalidResponseError.prototype.name = 'InvalidResponseError';
  }
}

/** A success response whose body is larger than `maxResponseBytes`. The rest of it was not read. */
export class ResponseTooLargeError extends ApiClientError {
  declare readonly status: SuccessStatus;
  declare readonly headers: Headers;
  static {
    ResponseTooLargeError.prototype.name = 'ResponseTooLargeError';
  }
}

/** The service responded with an error status. */
export class HttpError<Status extends number = number, Body = unknown> extends ApiClientError {
  declare readonly status: Status;
  /** The body that the contract documents for this status; undefined if it says JSON and the response was not. */
  declare readonly body: Body | undefined;
  /** The `detail` of the body, if it is a string. */
  declare readonly detail: string | undefined;
  declare readonly headers: Headers;
  /** Seconds to wait, from `Retry-After`; undefined if the header is missing or invalid. */
  declare readonly retryAfter: number | undefined;
  static {
    HttpError.prototype.name = 'HttpError';
  }
}

/**
 * All errors that a call of an operation can throw. `Bodies` maps each documented error status, or a range such as
 * `4XX`, to its body: `error.status === 404` then narrows `error.body`. The body of an undocumented status is
 * `unknown`.
 */
export type OperationError<Bodies> =
  | { [Status in ErrorStatus]: HttpError<Status, BodyOf<Bodies, Status>> }[ErrorStatus]
  | AbortError
  | ApiKeyError
  | ConnectionError
  | InvalidInputError
  | InvalidResponseError
  | RedirectError
  | ResponseTooLargeError
  | TimeoutError;

type BodyOf<Bodies, Status extends number> = Status extends keyof Bodies
  ? Bodies[Status]
  : RangeOf<Status> extends keyof Bodies
    ? Bodies[RangeOf<Status>]
    : Bodies extends { default: infer Body }
      ? Body
      : unknown;

type RangeOf<Status extends number> = `${Status}` extends `4${string}` ? '4XX' : '5XX';

/** The error statuses that IANA has registered. Any other becomes an `HttpError` as well, but not in these types. */
// biome-ignore format: one line a class reads best
export type ErrorStatus =
  | 400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416 | 417
  | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451
  | 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 511;

/** Redirect statuses; 0 in browsers, which hide the response. */
export type RedirectStatus = 0 | 300 | 301 | 302 | 303 | 305 | 306 | 307 | 308;

export type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226;
