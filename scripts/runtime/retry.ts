import type { Outcome } from './errors.ts';
import type { CallEvent } from './events.ts';

/** The longest `Retry-After` that the client waits for, in seconds. For a longer one, the caller decides. */
const LONGEST_PAUSE = 60;

/** Statuses after which an idempotent request is retried. */
const TRANSIENT = [408, 429, 500, 502, 503, 504];

/** The part of the end of an attempt that decides about a retry. */
export type AttemptEnd =
  | { response: Response }
  | { error: unknown; retry?: Retry['reason']; outcome: Outcome };

export interface Retry {
  reason: NonNullable<CallEvent['retry']>['reason'];
  /** Milliseconds until the next attempt. */
  delay: number;
}

/**
 * Plans the retry after an attempt; undefined if none is allowed. A request that is not idempotent is retried only if
 * the service cannot have acted on it: it was not sent, or was refused with 429. A create whose response was lost is
 * never sent twice.
 *
 * @param retry 1 for the first retry
 */
export function planRetry(retry: number, idempotent: boolean, end: AttemptEnd): Retry | undefined {
  // Full jitter, so that clients do not retry at the same moment.
  const delay = Math.random() * Math.min(8000, 250 * 2 ** retry);
  if ('error' in end) {
    const { retry: reason, outcome } = end;
    return reason && (idempotent || outcome === 'not-sent') ? { reason, delay } : undefined;
  }
  const { status, headers } = end.response;
  if (!(idempotent ? TRANSIENT.includes(status) : status === 429)) return undefined;
  const asked = retryAfterSeconds(headers) ?? 0;
  return asked > LONGEST_PAUSE ? undefined : { reason: 'status', delay: asked * 1000 + delay };
}

/** Milliseconds for which the service asks for a pause of all requests; 0 if it does not. */
export function pauseForAll({ status, headers }: Response): number {
  const asked = status === 429 || status === 503 ? (retryAfterSeconds(headers) ?? 0) : 0;
  return asked > LONGEST_PAUSE ? 0 : asked * 1000;
}

/** `Retry-After` in seconds, from a whole number or a date; undefined if it is missing or invalid. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  // Date.parse accepts "-5" as a date; HTTP dates start with the weekday.
  const date = /^[A-Z][a-z]+,/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

/**
 * What a status reveals about the service. 303 means "done, look there", and 301 and 302 are used in the same way. 408
 * and 499 are sent by proxies that stopped waiting for the service.
 */
export function outcomeOf(status: number): Outcome {
  if (status === 307 || status === 308) return 'rejected';
  return status >= 400 && status < 500 && status !== 408 && status !== 499 ? 'rejected' : 'unknown';
}

/** The less certain of two outcomes, which is the outcome of a call whose attempts had both. */
export function lessCertain(one: Outcome, other: Outcome): Outcome {
  const order: Outcome[] = ['not-sent', 'rejected', 'unknown'];
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}
