import type { Outcome } from './errors.ts';
import type { CallEvent } from './events.ts';

/** A service that asks for a longer pause than this (seconds) is not waited for: the caller decides. */
const LONGEST_PAUSE = 60;

/** Statuses after which an idempotent request is worth a retry. */
const TRANSIENT = [408, 429, 500, 502, 503, 504];

/** How an attempt ended, as far as another one depends on it. */
export type AttemptEnd =
  | { response: Response }
  | { error: unknown; retry: Retry['reason'] | undefined; outcome: Outcome };

export interface Retry {
  reason: NonNullable<CallEvent['retry']>['reason'];
  /** Milliseconds until the next attempt. */
  delay: number;
}

/**
 * The retry that follows an attempt; undefined where none may. A request that is not idempotent is sent again only where the
 * service cannot have acted on it: it was not sent, or refused with 429. A create whose response was lost is never sent
 * twice.
 *
 * @param retry 1 for the first retry
 */
export function planRetry(retry: number, idempotent: boolean, end: AttemptEnd): Retry | undefined {
  // Full jitter, which keeps clients from coming back in step.
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

/** Milliseconds for which the service wants no further request from anyone; 0 where it does not say so. */
export function pauseForAll({ status, headers }: Response): number {
  const asked = status === 429 || status === 503 ? (retryAfterSeconds(headers) ?? 0) : 0;
  return asked > LONGEST_PAUSE ? 0 : asked * 1000;
}

/** `Retry-After` in seconds: a whole number of them, or a date. Undefined where there is none, or something else. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  // Date.parse takes "-5" for a date; HTTP dates begin with the weekday.
  const date = /^[A-Z][a-z]+,/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

/**
 * What a status says of the service. 303 says "done, look there", and 301 and 302 are used like it. 408 and 499 come
 * from something that gave up waiting for the service.
 */
export function outcomeOf(status: number): Outcome {
  if (status === 307 || status === 308) return 'rejected';
  return status >= 400 && status < 500 && status !== 408 && status !== 499 ? 'rejected' : 'unknown';
}

/** The less certain of two outcomes: what holds for a call whose attempts had both. */
export function lessCertain(one: Outcome, other: Outcome): Outcome {
  const order: Outcome[] = ['not-sent', 'rejected', 'unknown'];
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}
