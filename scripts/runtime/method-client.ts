import { isRedirect, type OutgoingRequest } from './attempt.ts';
import type { Call } from './call-run.ts';
import type { Security } from './credentials.ts';
import type { ApiClientError, OperationError } from './errors.ts';
import type { CallOptions, HeaderOptions } from './options.ts';
import { fillPath, type Styles, type Writers, writeHeaders, writeJson, writeQuery } from './request.ts';
import { type Decode, decodeJson, type Expected, httpError, readBlob, readText } from './response.ts';
import type { Limits } from './settings.ts';
import type { Transport } from './transport.ts';

/** What one call sends, and what it expects; the generated methods write it. */
export interface Input {
  /** Path parameters that must be UUIDs. */
  uuids?: Record<string, string>;
  /** The other path parameters. */
  path?: Record<string, unknown>;
  /** The address, instead of what the path and the parameters give. */
  url?: string;
  /** Path parameters that are written in a way of their own. */
  writers?: Writers;
  /** Header parameters that are. */
  headerWriters?: Writers;
  query?: object | undefined;
  /** How query parameters are written, where it is not the way of the standard. */
  styles?: Styles;
  body?: unknown;
  /**
   * Writes the body. What is no string brings its own media type.
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
  /** The success is a redirect: its data is where it leads to. */
  redirect?: boolean;
  /** How the body of a success comes. @default 'text' */
  read?: 'blob' | 'text';
  /** Where the operation is, where that is not where the service is. */
  server?: string;
  /** What the operation needs, where it is not what the contract asks for in general. */
  security?: Security;
  /** The contract allows to send this operation again. GET always may be. */
  idempotent?: boolean;
  /** The header with which the contract allows to send this operation again, in lower case. */
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

/** What the transport needs to know of a call. */
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
