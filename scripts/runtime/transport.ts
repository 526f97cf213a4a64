import {
  AbortError,
  ApiClientError,
  type CallTrace,
  ConnectionError,
  InvalidInputError,
  type Outcome,
  RedirectError,
  TimeoutError,
} from './errors.ts';
import { createGate } from './gate.ts';
import { type CallOptions, checkKey, checkNumber, type Settings } from './options.ts';
import { cleanseCause, withoutKey } from './redact.ts';
import { type FailedTry, neverConnected, outcomeOf, pauseBeforeRetry, worse } from './retry.ts';
import { sleep, startTimeLimit, type TimeLimit, untilAborted } from './time-limit.ts';

/** One call on its way. The transport keeps `attempts`, `outcome` and `key` up to date. */
export interface Call extends CallTrace {
  readonly options: CallOptions;
  readonly idempotent: boolean;
  readonly keyless?: boolean | undefined;
  attempts: number;
  outcome: Outcome;
  /** The key last used, to be kept out of errors. */
  key?: string;
}

/** What goes to `fetch`, but for the key. It can be sent more than once. */
export interface Outgoing {
  target: string | Request;
  method: string;
  headers: Record<string, string>;
  body: NonNullable<RequestInit['body']> | null;
}

/** An answer that was read whole. */
export interface Received<Body> {
  response: Response;
  /** Undefined where the connection broke in the body of an error. */
  body: Body | undefined;
}

/**
 * Sends a request until it is answered for good.
 *
 * @throws {ApiClientError} when there is no answer, or a redirect; an answer of any other status is returned
 */
export type Send = <Body>(
  outgoing: Outgoing,
  call: Call,
  read: (response: Response) => Promise<Body>,
) => Promise<Received<Body>>;

/** What lies between a call and the network: the key, the time limits, the retries, the number of requests at once. */
export function createTransport(settings: Settings): Send {
  const gate = createGate(settings.maxConcurrent);

  async function attempt<Body>(
    outgoing: Outgoing,
    call: Call,
    read: (response: Response) => Promise<Body>,
    timeout: number,
    total: TimeLimit,
  ): Promise<Received<Body> | FailedTry> {
    await gate.enter(total.signal);
    const before = call.outcome;
    let limit: TimeLimit | undefined;
    try {
      const { target, ...init } = await withKey(outgoing, call, total);
      limit = startTimeLimit(timeout, total.signal);
      const { signal } = limit;
      signal.throwIfAborted();
      call.attempts++;
      call.outcome = 'unknown';
      const response = await untilAborted(
        settings.fetch(target, { ...init, redirect: 'manual', signal }),
        signal,
      );
      call.outcome = worse(before, outcomeOf(response.status));
      refuseRedirect(response, call);
      const body = await untilAborted(read(response), signal).catch((error) => {
        // An error status says enough without its body.
        if (response.ok || total.signal.aborted) throw error;
      });
      return { response, body: body as Body };
    } catch (cause) {
      if (cause instanceof ApiClientError || total.signal.aborted) throw cause;
      cleanseCause(cause, call);
      const sent = limit?.expired || !neverConnected(cause);
      if (!sent) call.outcome = before;
      const error = limit?.expired
        ? new TimeoutError(`was not answered within the timeout of ${timeout} ms.`, call, cause)
        : new ConnectionError(
            sent ? 'lost its connection before it was answered.' : 'could not connect.',
            call,
            cause,
          );
      return { error, sent };
    } finally {
      limit?.end();
      gate.leave();
    }
  }

  async function withKey(outgoing: Outgoing, call: Call, total: TimeLimit): Promise<Outgoing> {
    if (!settings.placeKey || call.keyless) return outgoing;
    call.key = await currentKey(call, total);
    return settings.placeKey(outgoing, call.key);
  }

  async function currentKey(call: Call, total: TimeLimit): Promise<string> {
    const key = call.options.apiKey ?? settings.apiKey;
    if (typeof key !== 'function') return checkKey(key);
    try {
      return checkKey(await untilAborted(Promise.resolve(key()), total.signal));
    } catch (cause) {
      if (total.signal.aborted) throw cause;
      throw new InvalidInputError('was not sent: the apiKey function gave no usable key.', call, cause);
    }
  }

  function refuseRedirect({ status, headers, body }: Response, call: Call): void {
    if (status && (status < 300 || status > 399 || status === 304)) return;
    // A body that has broken already cannot be cancelled, which matters to nobody.
    body?.cancel().catch(() => {});
    const location = withoutKey(headers.get('location') ?? '', call) || undefined;
    const target =
      location && URL.canParse(location, settings.baseUrl)
        ? new URL(location, settings.baseUrl).origin
        : 'an unknown place';
    throw new RedirectError(
      `was redirected (${status}) from ${settings.origin} to ${target}. Redirects are not followed, as the API ` +
        'key would go along: set baseUrl if the service has moved.',
      call,
      undefined,
      { status, location },
    );
  }

  return async function send(outgoing, call, read) {
    const { options } = call;
    const { target } = outgoing;
    // A method's address is made from baseUrl; that of a request can be any, once middleware had it in hand.
    if (typeof target !== 'string' && new URL(target.url).origin !== settings.origin)
      throw new InvalidInputError(`was not sent: the API key goes to ${settings.origin} alone.`, call);
    const timeout = checkNumber('timeout', options.timeout ?? settings.timeout);
    const maxRetries = checkNumber('maxRetries', options.maxRetries ?? settings.maxRetries);
    const totalTimeout = checkNumber('totalTimeout', options.totalTimeout ?? settings.totalTimeout);
    const total = startTimeLimit(totalTimeout, options.signal);
    try {
      for (let retry = 1; ; retry++) {
        const last = await attempt(outgoing, call, read, timeout, total);
        const pause = retry <= maxRetries ? pauseBeforeRetry(retry, call.idempotent, last) : undefined;
        if (pause === undefined || pause >= total.left()) {
          if ('error' in last) throw last.error;
          return last;
        }
        await sleep(pause, total.signal);
      }
    } catch (cause) {
      const { aborted, reason } = total.signal;
      // The reason can be the error of another call, when the caller ends several calls for the failure of one.
      if (!aborted || (cause instanceof ApiClientError && cause !== reason)) throw cause;
      throw total.expired
        ? new TimeoutError(`took longer than the totalTimeout of ${totalTimeout} ms.`, call, cause)
        : new AbortError('was aborted by the caller.', call, cause);
    } finally {
      total.end();
    }
  };
}
