import { type Decode, type Expected, httpError, readData } from './answer.ts';
import { InvalidInputError } from './errors.ts';
import {
  type CallOptions,
  type ClientOptions,
  checkHeaders,
  resolveOptions,
  type Service,
} from './options.ts';
import { type Answer, type ApiCall, PendingCall } from './pending-call.ts';
import { createRawClient, type RawClient } from './raw.ts';
import { withoutKey } from './redact.ts';
import { type Call, createTransport, type Outgoing } from './transport.ts';
import { checkUuids, fillPath, writeQuery } from './url.ts';

/** What one call sends, and what it expects; made by the generated methods. */
export interface Input {
  /** Path parameters that must be UUIDs. */
  uuids?: Record<string, string>;
  /** The other path parameters. */
  path?: Record<string, string | number | boolean>;
  query?: object | undefined;
  body?: unknown;
  /**
   * Writes the body. What is no string brings its own media type.
   * @default JSON.stringify
   */
  encode?: (body: unknown) => Outgoing['body'];
  /**
   * Media types of the answers.
   * @default 'application/json'
   */
  accept?: string;
  /** @default 'object' */
  expected?: Expected;
  /**
   * Reads a success.
   * @default readData
   */
  decode?: Decode;
  /** How the body of a success comes. @default 'text' */
  read?: 'blob' | 'text';
  /** The contract wants no key for this operation. */
  keyless?: boolean;
  /** The contract allows this operation to be repeated. GET always may be. */
  idempotent?: boolean;
}

/** Calls an operation; the generated methods give it their types. */
export type CallOperation = <Data, Bodies>(
  operation: string,
  method: string,
  path: string,
  options: CallOptions | undefined,
  input: Input,
) => ApiCall<Data, Bodies>;

/**
 * Joins the layers. The generated methods stand on the transport, and so does openapi-fetch, beside them.
 *
 * @throws {InvalidInputError} for options that no call could be made with
 */
export function connect<Paths extends {}>(
  service: Service,
  clientOptions: ClientOptions,
): { raw: RawClient<Paths>; call: CallOperation } {
  const settings = resolveOptions(service, clientOptions);
  const send = createTransport(settings);

  async function perform(
    call: Call,
    input: Input,
    seen: (response: Response) => void,
  ): Promise<Answer<unknown>> {
    const { uuids, path, query, encode = JSON.stringify, decode = readData, read = 'text' } = input;
    let target: string;
    let headers: Record<string, string>;
    let body: Outgoing['body'];
    try {
      checkUuids(uuids);
      target = settings.baseUrl + fillPath(call.path, { ...uuids, ...path }) + writeQuery(query);
      headers = {
        accept: input.accept ?? 'application/json',
        ...settings.headers,
        ...checkHeaders(call.options.headers),
      };
      body = input.body === undefined ? null : encode(input.body);
      if (typeof body === 'string') headers['content-type'] ??= 'application/json';
    } catch (error) {
      throw new InvalidInputError(`was not sent. ${withoutKey((error as Error).message, call)}`, call);
    }
    const { response, body: content } = await send(
      { target, method: call.method, headers, body },
      call,
      (response): Promise<string | Blob> => response[response.ok ? read : 'text'](),
    );
    seen(response);
    if (!response.ok) throw httpError(content as string, response, call);
    return { data: decode(content as string, input.expected ?? 'object', response, call), response };
  }

  return {
    raw: createRawClient<Paths>(settings, send),
    call: (operation, method, path, options = {}, input) => {
      const call: Call = {
        operation,
        method,
        path,
        options,
        keyless: input.keyless,
        idempotent: input.idempotent || method === 'GET' || method === 'HEAD',
        attempts: 0,
        outcome: 'not-sent',
      };
      const key = options.apiKey ?? settings.apiKey;
      if (typeof key === 'string') call.key = key;
      let response: Response | undefined;
      const answer = perform(call, input, (seen) => {
        response = seen;
      });
      return new PendingCall(answer as Promise<Answer<never>>, () => response);
    },
  };
}
