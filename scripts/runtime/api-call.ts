import type { ApiClientError, OperationError } from './errors.ts';

/** The data of a response, and the response itself; its body is read already. */
export interface Answer<Data> {
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
  withResponse(): Promise<Answer<Data>>;
  /** For those who prefer values: an `ApiClientError` is returned, not thrown. */
  result(): Promise<Result<Data, Bodies>>;
}

/**
 * The three views of a call are all taken from one promise when they are asked for. Were they made at once, a rejection
 * that the caller handles in one view would go unhandled in the others.
 */
export class PendingCall<Data, Bodies> extends Promise<Data> implements ApiCall<Data, Bodies> {
  readonly #answer: Promise<Answer<Data>>;
  readonly #response: () => Response | undefined;

  constructor(answer: Promise<Answer<Data>>, response: () => Response | undefined) {
    super(() => {});
    this.#answer = answer;
    this.#response = response;
  }

  /** `then` and its like give plain promises. */
  static override get [Symbol.species]() {
    return Promise;
  }

  // biome-ignore lint/suspicious/noThenProperty: it overrides that of Promise, which would never settle.
  override then<A = Data, B = never>(
    onData?: ((data: Data) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#answer.then(({ data }) => data).then(onData, onError);
  }

  withResponse(): Promise<Answer<Data>> {
    return this.#answer;
  }

  result(): Promise<Result<Data, Bodies>> {
    return this.#answer.then(
      (answer) => ({ ok: true, ...answer }),
      (error: ApiClientError) => ({
        ok: false,
        error: error as OperationError<Bodies>,
        response: this.#response(),
      }),
    );
  }
}
