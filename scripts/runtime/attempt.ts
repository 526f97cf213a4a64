import { ConnectionTrace, toSendOnce } from './connection-trace.ts';
import type { PlaceKey, Security, Target } from './credentials.ts';
import { checkKey, chooseSchemes } from './credentials.ts';
import {
  AbortError,
  type ApiClientError,
  ApiKeyError,
  type CallContext,
  ConnectionError,
  InvalidInputError,
  type Outcome,
  RedirectError,
  ResponseTooLargeError,
  TimeoutError,
} from './errors.ts';
import type { Fetch } from './options.ts';
import type { Pacing } from './pacing.ts';
import type { Redactor } from './redact.ts';
import { BodyTooLarge, isRedirect } from './response.ts';
import { outcomeOf, pauseForAll, type Retry } from './retry.ts';
import type { Limits, Settings } from './settings.ts';
import type { CallTime, EndedBy, TimeLimit } from './time-limit.ts';

/** A request without its credentials. It can be sent more than once. */
export interface OutgoingRequest extends Target {
  method: string;
  body: NonNullable<RequestInit['body']> | null;
}

/** Reads the body of a response in the way that the operation needs. */
export type Read<Body> = (response: Response, scope: ReadScope) => Promise<Body>;

/** What a `Read` function may use and must respect. */
export interface ReadScope {
  limit: TimeLimit;
  maxResponseBytes: number | undefined;
  /** Keeps the attempt open until the returned function is called, even if `Read` returns before that. */
  keep(): () => void;
  /** Converts what interrupted the read to an error of the client. */
  toError(cause: unknown): ApiClientError;
}

export interface Attempt<Body> {
  request: OutgoingRequest;
  /** The security requirements of the operation. */
  security: Security;
  /** @default the platform's `fetch` */
  fetch: Fetch | undefined;
  /** The contract documents a redirect as the success response. */
  mayRedirect: boolean;
  read: Read<Body>;
  limits: Limits;
  settings: Settings;
  pacing: Pacing;
  redactor: Redactor;
  time: CallTime;
  /** The context for an error, assuming that the attempt ends like this. */
  contextAfter(end: Ended): CallContext;
}

/** What is known about an attempt, however it ended. */
export interface Ended {
  outcome: Outcome;
  /** Requests passed to `fetch`, and those that undici repeated by itself. */
  requests: number;
  response?: Response;
}

/** An attempt that received a response of any status except an unexpected redirect. */
interface Completed<Body> extends Ended {
  response: Response;
  /** Undefined if the body of an error response could not be read: the status is enough. */
  body: Body | undefined;
}

export interface Failed extends Ended {
  error: ApiClientError;
  /** Why another attempt may follow; left out if none may. */
  retry?: Retry['reason'];
}

/** How an attempt ended. */
export type AttemptEnd<Body> = Completed<Body> | Failed;

const NOT_SENT: Ended = { outcome: 'not-sent', requests: 0 };

/** When an attempt started, in milliseconds since 1970, and how many milliseconds it took. */
export interface Timing {
  startedAt: number;
  duration: number;
}

/** Waits for its turn, then sends a request once. Never throws: the returned value describes every failure. */
export async function makeAttempt<Body>(attempt: Attempt<Body>): Promise<AttemptEnd<Body> & Timing> {
  const ended = await attempt.pacing.enter(attempt.time);
  const startedAt = Date.now();
  const started = performance.now();
  const end = ended ? fail(attempt, ended, NOT_SENT) : await useTurn(attempt);
  return { ...end, startedAt, duration: performance.now() - started };
}

async function useTurn<Body>(attempt: Attempt<Body>): Promise<AttemptEnd<Body>> {
  const limit = attempt.time.startLimit(attempt.limits.timeout);
  let streaming = false;
  const release = () => {
    limit.end();
    attempt.pacing.leave();
  };
  const keep = () => {
    streaming = true;
    return release;
  };
  try {
    return await exchange(attempt, limit, keep);
  } finally {
    if (!streaming) release();
  }
}

async function exchange<Body>(
  attempt: Attempt<Body>,
  limit: TimeLimit,
  keep: ReadScope['keep'],
): Promise<AttemptEnd<Body>> {
  const { request, limits, redactor } = attempt;
  const target = await addCredentials(attempt, limit);
  if ('error' in target) return target;
  const body = await toSendOnce(request.method, request.body);
  if (limit.endedBy) return fail(attempt, limit.endedBy, NOT_SENT);
  const { dispatcher } = limits.fetchOptions;
  const trace = attempt.fetch ? undefined : new ConnectionTrace(dispatcher);
  let response: Response;
  try {
    response = checkResponse(await limit.race(send(attempt, target, body, trace, limit.signal)));
    // Before the slot of this attempt is passed on.
    attempt.pacing.pause(pauseForAll(response));
  } catch (cause) {
    const sent = trace?.mayHaveSent(cause) ?? true;
    const end: Ended = { outcome: sent ? 'unknown' : 'not-sent', requests: trace?.requests || 1 };
    return fail(attempt, limit.endedBy, end, cause);
  }
  // If the key is part of the URL, the response must not expose it.
  if (target.url !== request.url) Object.defineProperty(response, 'url', { value: request.url });
  const end = { response, outcome: outcomeOf(response.status), requests: trace?.requests || 1 };
  if (response.status === 0 || (isRedirect(response) && !attempt.mayRedirect)) {
    const { message, location } = refuseRedirect(response, request.url, redactor);
    const fields = { status: response.status, location };
    const error = new RedirectError(message, attempt.contextAfter(end), undefined, fields);
    return { ...end, error };
  }
  const { maxResponseBytes } = limits;
  const toError = (cause: unknown) => fail(attempt, limit.endedBy, end, cause).error;
  try {
    const scope = { limit, maxResponseBytes, keep, toError };
    return { ...end, body: await limit.race(attempt.read(response, scope)) };
  } catch (cause) {
    // The status of an error response is enough, even without its body.
    const callGoesOn = limit.endedBy === undefined || limit.endedBy === 'timeout';
    if (!response.ok && callGoesOn) return { ...end, body: undefined };
    return fail(attempt, limit.endedBy, end, cause);
  }
}

function send<Body>(
  { request, fetch: given, limits }: Attempt<Body>,
  { url, headers }: Target,
  body: OutgoingRequest['body'],
  trace: ConnectionTrace | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const { method } = request;
  const own: RequestInit = { method, headers, body, redirect: 'manual', signal };
  const init = { ...limits.fetchOptions, ...trace?.fetchOptions, ...own };
  return given ? given(url, init) : fetch(url, init);
}

/** The URL and the headers with the credentials that the operation needs, or the reason why they are missing. */
async function addCredentials<Body>(attempt: Attempt<Body>, limit: TimeLimit): Promise<Target | Failed> {
  const { request, settings, limits, redactor, security } = attempt;
  const { schemes = {} } = settings.service;
  let target: Target = request;
  let asked = false;
  try {
    for (const name of chooseSchemes(security, limits.credentials)) {
      const credential = limits.credentials[name];
      asked = typeof credential === 'function';
      const key = checkKey(
        typeof credential === 'function' ? await limit.race(callKey(credential)) : credential,
      );
      redactor.add(key);
      const place = schemes[name]?.place;
      if (place) target = placeKey(target, place, key, redactor);
    }
    return target;
  } catch (cause) {
    if (limit.endedBy) return fail(attempt, limit.endedBy, NOT_SENT, cause);
    const context = attempt.contextAfter(NOT_SENT);
    const error = asked
      ? new ApiKeyError(
          'was not sent. The apiKey function returned no usable key.',
          context,
          redactor.cause(cause),
        )
      : new InvalidInputError(`was not sent. ${(cause as Error).message}`, context);
    return { ...NOT_SENT, error };
  }
}

/** Adds a key, unless the caller has set the same header: that header is sent instead, and is redacted like a key. */
function placeKey(target: Target, place: PlaceKey, key: string, redactor: Redactor): Target {
  for (const name of Object.keys(place({ url: target.url, headers: {} }, key).headers)) {
    const own = target.headers[name];
    // With and without a prefix such as `Bearer`.
    if (own !== undefined) for (const secret of [own, own.slice(own.indexOf(' ') + 1)]) redactor.add(secret);
  }
  return place(target, key);
}

/** Async, so that a function that throws rejects like any other. */
async function callKey(apiKey: () => string | Promise<string>): Promise<string> {
  return await apiKey();
}

function checkResponse(response: Response): Response {
  const { status, headers } = Object(response);
  if (typeof status === 'number' && typeof headers?.get === 'function') return response;
  throw new TypeError('fetch did not return a Response.');
}

/** Describes an attempt that did not receive a complete response. */
function fail<Body>(
  attempt: Attempt<Body>,
  endedBy: EndedBy | undefined,
  end: Ended,
  cause?: unknown,
): Failed {
  const { limits, redactor, contextAfter } = attempt;
  const context = contextAfter(end);
  if (endedBy === 'signal' || endedBy === 'totalTimeout')
    return { ...end, error: endedError(attempt, endedBy, context) };
  if (cause instanceof BodyTooLarge && end.response) {
    const { status, headers } = end.response;
    const message = `responded with ${status} and a body larger than maxResponseBytes: request less data, or raise the limit.`;
    const fields = { status, headers: redactor.headers(headers) };
    return { ...end, error: new ResponseTooLargeError(message, context, undefined, fields) };
  }
  if (endedBy === 'timeout') {
    const message = `got no complete response within the timeout of ${limits.timeout} ms.`;
    return { ...end, error: new TimeoutError(message, context), retry: 'timeout' };
  }
  const message =
    end.outcome === 'not-sent'
      ? 'could not connect.'
      : 'lost its connection before the response was complete.';
  return { ...end, error: new ConnectionError(message, context, redactor.cause(cause)), retry: 'connection' };
}

/** The error of a call that was ended by its signal or by `totalTimeout`. */
export function endedError(
  { limits, time, redactor }: Pick<Attempt<unknown>, 'limits' | 'time' | 'redactor'>,
  endedBy: EndedBy,
  context: CallContext,
): ApiClientError {
  if (endedBy !== 'signal')
    return new TimeoutError(`took longer than the totalTimeout of ${limits.totalTimeout} ms.`, context);
  return new AbortError('was aborted by the caller.', context, redactor.cause(time.reason));
}

function refuseRedirect({ status, headers, body }: Response, url: string, redactor: Redactor) {
  // A body that has already failed cannot be cancelled. That is harmless.
  body?.cancel?.().catch(() => {});
  // A stream of Node would keep the process alive.
  (body as { destroy?(): void } | null)?.destroy?.();
  const location = redactor.text(headers.get('location') ?? '') || undefined;
  const { origin } = new URL(url);
  const found = location && URL.canParse(location, url) ? new URL(location, url).origin : 'an unknown place';
  const target = found === origin ? 'another address there' : found;
  const message =
    `was redirected (${status}) from ${origin} to ${target}. Redirects are not followed, as the API key ` +
    'would go along: set baseUrl if the service has moved.';
  return { location, message };
}
