import { isRedirect, type OutgoingRequest } from './attempt.ts';
import type { Call } from './call-run.ts';
import type { Security } from './credentials.ts';
import type { ApiClientError, OperationError } from './errors.ts';
import type { CallOptions, HeaderOptions } from './options.ts';
import { fillPath, type Styles, type Writers, writeHeaders, writeJson, writeQuery } from './request.ts';
import { type Decode, decodeJson, type Expected, httpError, readBlob, readText } from './response.ts';
import type { Limits } from './settings.ts';
import type { Transport } from './transport.ts';

/** What a call sends and expects. The generated methods create it. */
export interface Input {
  /** Path parameters that must be UUIDs. */
  uuids?: Record<string, string>;
  /** The other path parameters. */
  path?: Record<string, unknown>;
  /** The whole URL, instead of the path and its parameters. */
  url?: string;
  /** Writers of path parameters that differ from the default. */
  writers?: Writers;
  /** Writers of header parameters that differ from the default. */
  headerWriters?: Writers;
  query?: object | undefined;
  /** Styles of query parameters that differ from the default. */
  styles?: Styles;
  body?: unknown;
  /**
   * Writes the body. A result that is not a string has its own media type.
   * @default writeJson
   */
  encode?: (body: unknown) => OutgoingRequest['body'];
  /**
   * Media types of the responses.
   * @default 'application/json'
   */
  accept?: string;
  /** @default 'object' */
  expected?: Expected;
  /**
   * Reads a success.
   * @default decodeJson
   */
  decode?: Decode;
  /** The success response is a redirect, and its data is the target. */
  redirect?: boolean;
  /** How to read the body of a success. @default 'text' */
  read?: 'blob' | 'text';
  /** The server of the operation, if it differs from that of the service. */
  server?: string;
  /** The security requirements, if they differ from those of the whole contract. */
  security?: Security;
  /** The contract allows a retry even if the request may have reached the service. GET always allows it. */
  idempotent?: boolean;
  /** The header that makes a retry safe, in lower case. */
  idempotencyHeader?: string;
}

/** Calls an operation; the generated methods give it their types. */
export type CallOperation = <Data, Bodies>(
  operation: string,
  method: string,
  path: string,
  options: CallOptions | Partial<HeaderOptions<object>> | undefined,
  input: Input,
) => ApiCall<Data, Bodies>;

export function callsOver(transport: Transport): CallOperation {
  return (operation, method, path, options = {}, input) => {
    let response: Response | undefined;
    const pending = perform(transport, callOf(operation, method, path, options, input), input, (received) => {
      response = received;
    });
    return new PendingCall(pending as Promise<DataWithResponse<never>>, () => response);
  };
}

/** The description of a call for the transport. */
export function callOf(
  operation: string,
  method: string,
  path: string,
  options: Call['options'],
  input: Input,
): Call {
  const { security, idempotent = false, idempotencyHeader, server, redirect } = input;
  return { operation, method, path, options, security, idempotent, idempotencyHeader, server, redirect };
}

/** @throws {InvalidInputError} */
export function buildRequest(
  transport: Transport,
  call: Call,
  input: Input,
  { headers }: Limits,
): OutgoingRequest {
  const { url, body, encode = writeJson, headerWriters } = input;
  const content = body === undefined ? null : encode(body);
  return {
    url: url ?? writeUrl(transport, call, input),
    method: call.method,
    headers: {
      accept: input.accept ?? 'application/json',
      ...(typeof content === 'string' && { 'content-type': 'application/json' }),
      ...headers,
      ...(headerWriters && writeHeaders(call.options.headers, headerWriters)),
    },
    body: content,
  };
}

function writeUrl(transport: Transport, call: Call, input: Input): string {
  const { uuids = {}, path, writers, query, styles } = input;
  const filled = fillPath(call.path, { ...uuids, ...path }, Object.keys(uuids), writers);
  return transport.baseUrlOf(call) + filled + writeQuery(query, styles);
}

async function perform(
  transport: Transport,
  call: Call,
  input: Input,
  onResponse: (response: Response) => void,
): Promise<DataWithResponse<unknown>> {
  const { expected = 'object', decode = decodeJson } = input;
  return await transport.send<string | Blob, DataWithResponse<unknown>>(call, {
    build: (limits) => buildRequest(transport, call, input, limits),
    read: (response, { maxResponseBytes }) => {
      const read = response.ok && input.read === 'blob' ? readBlob : readText;
      return read(response, maxResponseBytes);
    },
    finish: (content, source) => {
      const { response } = source;
      onResponse(response);
      if (!response.ok && !(input.redirect && isRedirect(response)))
        throw httpError(content as string | undefined, source);
      return { data: decode(content ?? '', expected, source), response };
    },
  });
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
