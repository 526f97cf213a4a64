import type { ApiClientError, Outcome } from './errors.ts';

/** A server that asks for a longer pause than this (seconds) is not waited for: the caller decides. */
const LONGEST_PAUSE = 60;

/** Statuses after which an idempotent request is worth another try. */
const PASSING = [408, 429, 500, 502, 503, 504];

/** How a try without an answer ended; `sent` is false where no connection came about. */
export interface FailedTry {
  error: ApiClientError;
  sent: boolean;
}

/**
 * Milliseconds to wait before the next try, or undefined when there must be none.
 *
 * A request that is not idempotent is repeated only where the server cannot have acted on it: it was never
 * connected to, or it said 429. A create whose answer was lost is never sent twice.
 *
 * @param retry 1 before the first repetition
 */
export function pauseBeforeRetry(
  retry: number,
  idempotent: boolean,
  last: { response: Response } | FailedTry,
): number | undefined {
  let seconds = 0;
  if ('response' in last) {
    const { status, headers } = last.response;
    if (!(idempotent ? PASSING.includes(status) : status === 429)) return undefined;
    seconds = retryAfterSeconds(headers) ?? 0;
    if (seconds > LONGEST_PAUSE) return undefined;
  } else if (last.sent && !idempotent) return undefined;
  return Math.max(seconds * 1000, Math.random() * Math.min(8000, 250 * 2 ** retry));
}

/**
 * The `Retry-After` of an answer in seconds: a whole number of them, or a date. Undefined where there is none, or
 * where it is neither.
 */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  // Date.parse takes "-5" for a date; HTTP dates begin with the weekday.
  const date = /^[A-Z][a-z]+,/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

/** What an answer's status tells of the server's side. 303 says "done, look there"; 301 and 302 are used like it. */
export function outcomeOf(status: number): Outcome {
  if (status === 307 || status === 308) return 'rejected';
  return status >= 400 && status < 500 && status !== 408 ? 'rejected' : 'unknown';
}

/** The less certain of two outcomes: what holds for a call whose tries had both. */
export function worse(one: Outcome, other: Outcome): Outcome {
  const order: Outcome[] = ['not-sent', 'rejected', 'unknown'];
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}

/**
 * True where a failure of `fetch` says that no connection came about, so that nothing was sent. Node names the system
 * call or its code, several at once when a name has several addresses; Bun has codes of its own.
 */
export function neverConnected(error: unknown): boolean {
  const { errors, code, syscall, cause } = Object(error);
  if (errors?.length) return errors.every(neverConnected);
  return (
    /^(connect|getaddrinfo)$/.test(syscall) ||
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/.test(
      code,
    ) ||
    (cause !== undefined && neverConnected(cause))
  );
}
