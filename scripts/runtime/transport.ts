import type { OutgoingRequest } from './attempt.ts';
import { type Call, CallRun, type Steps } from './call-run.ts';
import { type ApiClientError, InvalidInputError } from './errors.ts';
import type { ClientOptions, DerivedOptions } from './options.ts';
import { Pacing } from './pacing.ts';
import { own } from './parameters.ts';
import { type Given, writeRequest } from './request.ts';
import type { Rule } from './rule.ts';
import {
  checkBaseUrl,
  resolveClientOptions,
  resolveLimits,
  type Service,
  type Settings,
  serverOf,
} from './settings.ts';

/**
 * The layer between clients and the network: credentials, time limits, retries, concurrent requests. Clients with the
 * same transport share all of it.
 */
export class Transport {
  readonly #settings: Settings;
  readonly #pacing: Pacing;

  /** Use `createTransport`. */
  constructor(settings: Settings, pacing: Pacing = new Pacing(settings.maxConcurrent)) {
    this.#settings = settings;
    this.#pacing = pacing;
  }

  /** What the contract says of an operation. */
  ruleOf(method: string, path: string): Rule {
    const { operations, expected } = this.#settings.service;
    const rule = own(operations, `${method} ${path}`) ?? {};
    return expected ? { expected: own(expected, method), ...rule } : rule;
  }

  /** The base URL of an operation. @throws {InvalidInputError} */
  baseUrlOf(rule: Rule): string {
    const { baseUrl, allowInsecure } = this.#settings;
    const url = serverOf(this.#settings, rule);
    if (!url) throw new InvalidInputError('Its address depends on variables: set baseUrl.');
    return url === baseUrl ? url : checkBaseUrl(url, allowInsecure);
  }

  /** Writes the request of a call. @throws {InvalidInputError} */
  write(
    call: Call,
    given: Given,
    headers: Record<string, string>,
    baseUrl: string = this.baseUrlOf(call.rule),
  ): OutgoingRequest {
    return writeRequest(this.#settings.service, call, given, headers, baseUrl);
  }

  /** The headers of every request, by lower-case name. */
  get headers(): Record<string, string> {
    return this.#settings.defaults.headers;
  }

  /**
   * Returns a transport with other options for its calls. It shares the rest with this one: the concurrent requests,
   * the pauses.
   *
   * @example
   * const patient = createClient(transport.withOptions({ timeout: 120_000 }));
   * @throws {InvalidInputError} that names the option
   */
  withOptions(options: DerivedOptions): Transport {
    const settings = this.#settings;
    return new Transport(
      { ...settings, defaults: resolveLimits(settings.service, options, settings.defaults) },
      this.#pacing,
    );
  }

  /** The state of a call, which describes its errors. */
  runOf(call: Call): CallRun {
    return new CallRun(call, this.#settings, this.#pacing);
  }

  /**
   * Sends a request, with retries, and returns the result.
   *
   * @throws {ApiClientError} and nothing else
   */
  async send<Body, Result>(call: Call, steps: Steps<Body, Result>, run = this.runOf(call)): Promise<Result> {
    const startedAt = Date.now();
    const started = performance.now();
    let error: ApiClientError | undefined;
    try {
      return await run.complete(steps);
    } catch (cause) {
      error = run.toClientError(cause);
      throw error;
    } finally {
      run.report('call', { startedAt, duration: performance.now() - started }, error);
    }
  }
}

/**
 * The transport of a client: the given one, or a new one.
 *
 * @throws {InvalidInputError} for invalid options
 */
export function openTransport(service: Service, options: ClientOptions | Transport): Transport {
  if (options instanceof Transport) return options;
  try {
    return new Transport(resolveClientOptions(service, options));
  } catch (error) {
    const { message } = Object(error);
    throw new InvalidInputError(
      error instanceof InvalidInputError ? message : `The options cannot be read: ${message}`,
      { service: service.name },
    );
  }
}
