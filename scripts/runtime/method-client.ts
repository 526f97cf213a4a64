import { type ApiCall, type DataWithResponse, PendingCall } from './api-call.ts';
import { isRedirect, type OutgoingRequest } from './attempt.ts';
import type { Call } from './call-run.ts';
import type { CallOptions, HeaderOptions } from './options.ts';
import { fillPath, type Styles, type Writers, writeHeaders, writeJson, writeQuery } from './request.ts';
import { type Decode, decodeJson, type Expected, httpError, readBlob, readText } from './response.ts';
import type { Security } from './service.ts';
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
