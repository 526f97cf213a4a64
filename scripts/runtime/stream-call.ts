import type { ReadScope } from './attempt.ts';
import { ApiClientError } from './errors.ts';
import { readEvents, readLines } from './event-stream.ts';
import { buildRequest, callOf, type Input } from './method-client.ts';
import type { CallOptions, HeaderOptions } from './options.ts';
import { httpError, invalidResponse, parseJson, type ResponseSource, readText } from './response.ts';
import { openStream } from './stream.ts';
import type { Transport } from './transport.ts';

/**
 * The call of an operation that streams. Each `for await` sends the request and yields what arrives, until the stream
 * ends. A loop that you leave early ends the stream.
 *
 * `timeout` holds for the head of the response and then for each wait between two pieces, `totalTimeout` for the whole
 * stream, `maxResponseBytes` for one item. A stream that has begun is not retried.
 *
 * @example
 * for await (const event of client.watch()) console.log(event.data);
 */
export interface StreamCall<Item> extends AsyncIterable<Item> {}

/** Reads the items of a stream. @param fail returns the error for an item that is not what the contract says */
export type ReadItems = (
  stream: ReadableStream<Uint8Array>,
  most: number | undefined,
  fail: (found: string) => Error,
) => AsyncGenerator<unknown>;

type CallArguments = [
  operation: string,
  method: string,
  path: string,
  options: CallOptions | Partial<HeaderOptions<object>> | undefined,
  input: Input,
];

/** Calls an operation that streams; the generated methods give it their types. */
export function callStream<Item>(
  transport: Transport,
  call: CallArguments,
  readItems: ReadItems,
): StreamCall<Item> {
  return { [Symbol.asyncIterator]: () => iterate(transport, call, readItems) };
}

async function* iterate<Item>(
  transport: Transport,
  [operation, method, path, options = {}, input]: CallArguments,
  readItems: ReadItems,
): AsyncGenerator<Item> {
  const call = callOf(operation, method, path, options, input);
  let scope: ReadScope | undefined;
  const { stream, source } = await transport.send<ReadableStream<Uint8Array> | string, Opened>(call, {
    build: (limits) => buildRequest(transport, call, input, limits),
    read: async (response, reading) => {
      if (!response.ok || !response.body) return await readText(response, reading.maxResponseBytes);
      scope = reading;
      // Of the stream as a whole there is no limit, of its items there is.
      return openStream(response.body, { ...reading, maxResponseBytes: undefined }, true);
    },
    finish: (body, source) => ({ stream: checkHead(body, input.accept, source), source }),
  });
  if (!stream) return;
  try {
    yield* readItems(stream, scope?.maxResponseBytes, (found) =>
      invalidResponse(found, source),
    ) as AsyncGenerator<Item>;
  } catch (cause) {
    throw cause instanceof ApiClientError ? cause : scope?.toError(cause);
  }
}

interface Opened {
  stream: ReadableStream<Uint8Array> | undefined;
  source: ResponseSource;
}

/** Undefined for a success without a body. */
function checkHead(
  body: ReadableStream<Uint8Array> | string | undefined,
  accept = '',
  source: ResponseSource,
): ReadableStream<Uint8Array> | undefined {
  if (!source.response.ok) throw httpError(body as string | undefined, source);
  if (typeof body !== 'object') return undefined;
  const type = source.response.headers.get('content-type') ?? accept;
  if (type.replace(/\s*;.*/, '').toLowerCase() === accept) return body;
  body.cancel().catch(() => {});
  throw invalidResponse(`a body of ${source.redactor.line(type, 100)}; the contract says ${accept}.`, source);
}

/** Events whose data is JSON. One whose data is `[DONE]`, which is how some services close a stream, ends it. */
export async function* jsonEvents(...[stream, most, fail]: Parameters<ReadItems>): ReturnType<ReadItems> {
  for await (const event of readEvents(stream, most)) {
    if (event.data === '[DONE]') return;
    yield { ...event, data: readJson(event.data, 'an event', fail) };
  }
}

/** Events whose data is text. */
export function textEvents(...[stream, most]: Parameters<ReadItems>): ReturnType<ReadItems> {
  return readEvents(stream, most);
}

/** JSON, one value in each line. Empty lines are skipped. */
export async function* jsonLines(...[stream, most, fail]: Parameters<ReadItems>): ReturnType<ReadItems> {
  for await (const line of readLines(stream, most)) if (line.trim()) yield readJson(line, 'a line', fail);
}

function readJson(text: string, what: string, fail: (found: string) => Error): unknown {
  const value = parseJson(text);
  if (value === undefined) throw fail(`${what} of ${text.length} characters that are not JSON.`);
  return value;
}
