import type { Call } from './call-run.ts';
import type { ApiClientError, OperationError } from './errors.ts';
import type { Given } from './request.ts';
import { httpError, isSuccess, type ResponseSource, readData, readText } from './response.ts';
import type { Transport } from './transport.ts';

/** The arguments of a call. The generated methods give them. */
export type CallArguments = [
  operation: string,
  method: string,
  path: string,
  options?: Call['options'] | undefined,
  given?: Given,
];

/**
 * Calls an operation; the generated methods give it their types.
 *
 * @param onData sees the data of a success before the caller
 */
export type CallOperation = <Data, Bodies>(
  call: CallArguments,
  onData?: (data: unknown, source: ResponseSource) => void,
) => ApiCall<Data, Bodies>;

export function callsOver(transport: Transport): CallOperation {
  return (args, onData) => {
    let response: Response | undefined;
    const perform = async () => {
      const { call, given } = describeCall(transport, args);
      const { read } = call.rule;
      return await transport.send<string | Blob, DataWithResponse<never>>(call, {
        build: ({ headers }) => transport.write(call, given, headers),
        read: (received, { maxResponseBytes }) =>
          ((received.ok && read?.body) || readText)(received, maxResponseBytes),
        finish: (content, source) => {
          response = source.response;
          if (!isSuccess(response, call.rule)) throw httpError(content as string | undefined, source);
          const data = readData(content ?? '', source) as never;
          onData?.(data, source);
          return { data, response };
        },
      });
    };
    return new PendingCall(perform(), () => response);
  };
}

/** The description of a call for the transport, and the values that fill it in. */
export function describeCall(
  transport: Transport,
  [operation, method, path, options = {}, given = {}]: CallArguments,
): { call: Call; given: Given } {
  const call = { operation, method, path, rule: transport.ruleOf(method, path), options };
  return { call, given: { cookies: (options as { cookies?: object }).cookies, ...given } };
}

/** The data of a response, and the response itself, whose body has already been read. */
export interface DataWithResponse<Data> {
  data: Data;
  response: Response;
}

/** The result of a call as a value: narrow it by `ok`, then by `error.status`. */
export type Result<Data, Bodies> =
  | { ok: true; data: Data; response: Response }
  | { ok: false; error: OperationError<Bodies>; response: Response | undefined };

/**
 * The promise of a call's data. It rejects with an `ApiClientError`.
 *
 * `Bodies` maps each documented error status to its body.
 */
export interface ApiCall<Data, Bodies = unknown> extends Promise<Data> {
  /** The data together with the `Response`: its status and headers. */
  withResponse(): Promise<DataWithResponse<Data>>;
  /** Returns an `ApiClientError` instead of throwing it. */
  result(): Promise<Result<Data, Bodies>>;
}

/**
 * Derives the three views of a call from one promise, each when it is requested. If all three existed from the start, a
 * rejection that you handle in one would be unhandled in the others.
 */
class PendingCall<Data, Bodies> extends Promise<Data> implements ApiCall<Data, Bodies> {
  readonly #pending: Promise<DataWithResponse<Data>>;
  readonly #response: () => Response | undefined;

  constructor(pending: Promise<DataWithResponse<Data>>, response: () => Response | undefined) {
    super(() => {});
    this.#pending = pending;
    this.#response = response;
  }

  /** `then`, `catch` and `finally` return plain promises. */
  static override get [Symbol.species]() {
    return Promise;
  }

  // biome-ignore lint/suspicious/noThenProperty: it overrides that of Promise, which would never settle.
  override then<A = Data, B = never>(
    onData?: ((data: Data) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#pending.then(({ data }) => data).then(onData, onError);
  }

  withResponse(): Promise<DataWithResponse<Data>> {
    return this.#pending;
  }

  result(): Promise<Result<Data, Bodies>> {
    return this.#pending.then(
      (received) => ({ ok: true, ...received }),
      (error: ApiClientError) => ({
        ok: false,
        error: error as OperationError<Bodies>,
        response: this.#response(),
      }),
    );
  }
}
