import type { ApiClientError, OperationError } from './errors.ts';

/** The data of a response, and the response itself; its body is read already. */
export interface DataWithResponse<Data> {
  data: Data;
  response: Response;
}

/** A call's end as a value: narrow by `ok`, then by `error.status`. */
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
  /** For those who prefer values: an `ApiClientError` is returned, not thrown. */
  result(): Promise<Result<Data, Bodies>>;
}

/**
 * The three views of a call derive from one promise when you ask for them. If all three existed at once, a rejection
 * that you handle in one view would go unhandled in the others.
 */
export class PendingCall<Data, Bodies> extends Promise<Data> implements ApiCall<Data, Bodies> {
  readonly #pending: Promise<DataWithResponse<Data>>;
  readonly #response: () => Response | undefined;

  constructor(pending: Promise<DataWithResponse<Data>>, response: () => Response | undefined) {
    super(() => {});
    this.#pending = pending;
    this.#response = response;
  }

  /** `then` and its like return plain promises. */
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
