import {
  type Attempt,
  type AttemptEnd,
  type Ended,
  endedError,
  makeAttempt,
  type OutgoingRequest,
  type Read,
  type Timing,
} from './attempt.ts';
import {
  type ApiClientError,
  type CallContext,
  ConnectionError,
  InvalidInputError,
  isErrorOfService,
} from './errors.ts';
import { type CallEvent, notify } from './events.ts';
import type { CallOptions, Fetch, HeaderOptions } from './options.ts';
import type { Pacing } from './pacing.ts';
import { Redactor } from './redact.ts';
import type { ResponseSource } from './response.ts';
import { lessCertain, planRetry, type Retry } from './retry.ts';
import { isRepeatable, type Rule } from './rule.ts';
import { type Limits, originOf, resolveLimits, type Settings, serverOf } from './settings.ts';
import { CallTime } from './time-limit.ts';

/** What the transport needs to know about a call. */
export interface Call {
  /** The operationId; undefined for a call of the fetch client. */
  operation?: string | undefined;
  method: string;
  /** The path template of the contract. */
  path: string;
  rule: Rule;
  options: CallOptions | Partial<HeaderOptions<object>>;
  /** @default the `fetch` of the client */
  fetch?: Fetch | undefined;
}

/** What happens before, during and after the attempts of a call. */
export interface Steps<Body, Result> {
  /** Builds the request. Whatever it throws becomes an `InvalidInputError`. */
  build(limits: Limits): OutgoingRequest | Promise<OutgoingRequest>;
  read: Read<Body>;
  /**
   * Turns a response of any status into the result. `body` is undefined if that of an error response could not be read.
   */
  finish(body: Body | undefined, source: ResponseSource): Result;
}

/** How far a call has come. */
type Progress = Pick<CallContext, 'attempts' | 'outcome' | 'requestId'>;

const REQUEST_ID_HEADERS = ['x-request-id', 'request-id', 'x-correlation-id', 'x-amzn-requestid', 'cf-ray'];

let calls = 0;

/** The state of one call, from its options to its result. */
export class CallRun {
  readonly #call: Call;
  readonly #settings: Settings;
  readonly #pacing: Pacing;
  readonly #redactor = new Redactor();
  readonly #id = ++calls;
  #progress: Progress = { attempts: 0, outcome: 'not-sent' };
  #status: number | undefined;
  #repeatable: boolean;
  /** The same for all attempts. */
  #idempotencyKey: string | undefined;

  constructor(call: Call, settings: Settings, pacing: Pacing) {
    this.#call = call;
    this.#settings = settings;
    this.#pacing = pacing;
    this.#repeatable = isRepeatable(call.rule, call.method);
    for (const key of [call.options.apiKey, ...Object.values(settings.defaults.credentials)])
      if (typeof key === 'string') this.#redactor.add(key);
  }

  async complete<Body, Result>(steps: Steps<Body, Result>): Promise<Result> {
    const { method, rule, options } = this.#call;
    let limits: Limits;
    let request: OutgoingRequest;
    try {
      limits = resolveLimits(this.#settings.service, options, this.#settings.defaults, rule.headers);
      request = await steps.build(limits);
      this.#repeatable = isRepeatable(rule, method, request.method);
      const { idempotencyHeader: name } = rule;
      if (name) this.#idempotencyKey = request.headers[name] ??= crypto.randomUUID();
      if (limits.callIdHeader) request.headers[limits.callIdHeader] ??= crypto.randomUUID();
    } catch (cause) {
      throw this.invalidInput(cause);
    }
    return await this.#untilDone(request, limits, steps);
  }

  async #untilDone<Body, Result>(
    request: OutgoingRequest,
    limits: Limits,
    { read, finish }: Steps<Body, Result>,
  ): Promise<Result> {
    const { rule, options } = this.#call;
    const { service } = this.#settings;
    const time = new CallTime(limits.totalTimeout, options.signal);
    const attempt: Omit<Attempt<Body>, 'contextAfter'> = {
      request,
      security: rule.security ?? service.security ?? [],
      fetch: this.#call.fetch ?? this.#settings.fetch,
      mayRedirect: rule.read?.target !== undefined,
      read,
      limits,
      settings: this.#settings,
      pacing: this.#pacing,
      redactor: this.#redactor,
      time,
    };
    for (let retries = 0; ; retries++) {
      const before = this.#progress;
      const contextAfter = (ended: Ended) => this.#context(this.#advance(before, ended));
      const end = await makeAttempt({ ...attempt, contextAfter });
      this.#progress = this.#advance(before, end);
      this.#status = end.response?.status;
      const retry = this.#planRetry(retries, limits, time, end);
      const error = 'error' in end ? end.error : undefined;
      if (end.requests > 0) this.report('attempt', end, error, retry);
      if (!retry) {
        if ('error' in end) throw end.error;
        if (end.response.ok) this.#pacing.succeed(retries);
        return finish(end.body, this.sourceOf(end.response, request.url));
      }
      const endedBy = await time.sleep(retry.delay);
      if (endedBy) throw endedError(attempt, endedBy, this.#context());
    }
  }

  #advance(before: Progress, { requests, outcome, response }: Ended): Progress {
    const { attempts, requestId } = before;
    return {
      attempts: attempts + requests,
      outcome: lessCertain(before.outcome, outcome),
      requestId: response ? this.#readRequestId(response) : requestId,
    };
  }

  #readRequestId({ headers }: Response): string | undefined {
    const name = REQUEST_ID_HEADERS.find((each) => headers.get(each));
    return name && this.#redactor.line(headers.get(name) ?? '', 100);
  }

  #planRetry<Body>(
    retries: number,
    limits: Limits,
    time: CallTime,
    end: AttemptEnd<Body>,
  ): Retry | undefined {
    if (retries + 1 > limits.maxRetries) return undefined;
    const retry = planRetry(retries + 1, this.#repeatable, end);
    return retry && retry.delay < time.left() && this.#pacing.takeRetry() ? retry : undefined;
  }

  /** A response, with what is needed to read it. */
  sourceOf(response: Response, url: string = response.url): ResponseSource {
    const { secrets = [] } = this.#settings.service;
    const { rule } = this.#call;
    return { response, url, context: this.#context(), redactor: this.#redactor, rule, secrets };
  }

  invalidInput(cause: unknown): InvalidInputError {
    const copy = this.#redactor.cause(cause);
    const reason = this.#redactor.line(copy instanceof Error ? copy.message : String(copy));
    const ours = cause instanceof InvalidInputError;
    const { attempts } = this.#progress;
    const state = attempts ? `ended with ${this.#status ?? 'no response'}.` : 'was not sent.';
    return new InvalidInputError(`${state} ${reason}`, this.#context(), ours ? undefined : copy);
  }

  /** Converts anything that a call throws to an error of the client. */
  toClientError(cause: unknown): ApiClientError {
    const context = this.#context();
    if (isErrorOfService(cause, context.service)) return cause;
    return new ConnectionError(
      'failed with an unexpected error.',
      { ...context, outcome: 'unknown' },
      this.#redactor.cause(cause),
    );
  }

  report(
    type: CallEvent['type'],
    { startedAt, duration }: Timing,
    error: ApiClientError | undefined,
    retry?: Retry,
  ): void {
    const { observe } = this.#settings;
    if (!observe) return;
    const { operation, method, path, rule } = this.#call;
    const { attempts, outcome, requestId } = this.#progress;
    const status = this.#status;
    const failed = error !== undefined || (status !== undefined && status >= 400);
    notify(observe, {
      type,
      callId: this.#id,
      operation,
      method,
      path,
      origin: originOf(serverOf(this.#settings, rule)),
      attempt: attempts,
      startedAt,
      duration,
      status,
      requestId,
      error: error?.name,
      outcome: failed ? outcome : undefined,
      retry,
    });
  }

  #context(progress = this.#progress): CallContext {
    const { operation, method, path } = this.#call;
    const service = this.#settings.service.name;
    const [repeatable, idempotencyKey] = [this.#repeatable, this.#idempotencyKey];
    return { service, operation, method, path, repeatable, idempotencyKey, ...progress };
  }
}
