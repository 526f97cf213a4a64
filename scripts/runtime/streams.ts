import type { ReadScope } from './attempt.ts';
import { ApiClientError } from './errors.ts';
import { type CallArguments, describeCall } from './method-client.ts';
import {
  BodyTooLarge,
  httpError,
  invalidResponse,
  openStream,
  parseJson,
  type ResponseSource,
  readText,
} from './response.ts';
import type { Transport } from './transport.ts';

/**
 * The call of an operation that streams. Each `for await` sends the request and yields what arrives, until the stream
 * ends. Leaving the loop early ends the stream.
 *
 * `timeout` applies to the headers of the response and then to each wait for more, `totalTimeout` to the whole stream,
 * `maxResponseBytes` to one item. A stream that has started is not retried.
 *
 * @example
 * for await (const event of client.watch()) console.log(event.data);
 */
export interface StreamCall<Item> extends AsyncIterable<Item> {}

/** Reads the items of a stream. @param fail returns the error for an item that does not match the contract */
type ReadItems = (
  stream: ReadableStream<Uint8Array>,
  most: number | undefined,
  fail: (found: string) => Error,
) => AsyncGenerator<unknown>;

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
  args: CallArguments,
  readItems: ReadItems,
): AsyncGenerator<Item> {
  const { call, given } = describeCall(transport, args);
  let scope: ReadScope | undefined;
  const { stream, source } = await transport.send<ReadableStream<Uint8Array> | string, Opened>(call, {
    build: ({ headers }) => transport.write(call, { ...given, stream: true }, headers),
    read: async (response, reading) => {
      if (!response.ok || !response.body) return await readText(response, reading.maxResponseBytes);
      scope = reading;
      // The limit applies to each item, not to the whole stream.
      return openStream(response.body, { ...reading, maxResponseBytes: undefined }, true);
    },
    finish: (body, source) => ({ stream: checkHead(body, source), source }),
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

/** Returns undefined for a success without a body. */
function checkHead(
  body: ReadableStream<Uint8Array> | string | undefined,
  source: ResponseSource,
): ReadableStream<Uint8Array> | undefined {
  if (!source.response.ok) throw httpError(body as string | undefined, source);
  if (typeof body !== 'object') return undefined;
  const wanted = source.rule.stream?.replace(/[;,][\s\S]*/, '') ?? '';
  const type = source.response.headers.get('content-type') ?? wanted;
  if (
    type
      .replace(/;[\s\S]*/, '')
      .trim()
      .toLowerCase() === wanted
  )
    return body;
  body.cancel().catch(() => {});
  throw invalidResponse(`a body of ${source.redactor.line(type, 100)}; the contract says ${wanted}.`, source);
}

/** Events whose data is JSON. An event with the data `[DONE]`, which some services send last, ends the stream. */
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

/**
 * JSON, one value in each line. Empty lines are skipped, and so is the record separator before each value of
 * `application/json-seq` (RFC 7464).
 */
export async function* jsonLines(...[stream, most, fail]: Parameters<ReadItems>): ReturnType<ReadItems> {
  for await (const line of readLines(stream, most)) {
    const text = line.startsWith('\x1e') ? line.slice(1) : line;
    if (text.trim()) yield readJson(text, 'a line', fail);
  }
}

function readJson(text: string, what: string, fail: (found: string) => Error): unknown {
  const value = parseJson(text);
  if (value === undefined) throw fail(`${what} of ${text.length} characters that are not JSON.`);
  return value;
}

/** One event of `text/event-stream` (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface ServerEvent<Data = string> {
  /** The type of the event. */
  event: string;
  data: Data;
  /** The last id that the stream has sent; empty if it has sent none. */
  id: string;
  /** Milliseconds to wait before you reconnect, if the stream has sent any. */
  retry: number | undefined;
}

/** The default limit for the characters of one event or line. */
const MOST = 2 ** 24;

/**
 * The lines of a UTF-8 stream, wherever its chunks are cut. Leaving the loop early cancels the stream.
 *
 * @param most characters of a line
 * @throws {BodyTooLarge} for a longer line
 */
export async function* readLines(
  stream: ReadableStream<Uint8Array>,
  most: number = MOST,
): AsyncGenerator<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let afterReturn = false;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      let text = decoder.decode(part.value, { stream: true });
      if (text === '') continue;
      // The second half of a CR LF that was split between two chunks.
      if (afterReturn && text.startsWith('\n')) text = text.slice(1);
      afterReturn = text.endsWith('\r');
      const [first = '', ...others] = text.split(/\r\n|\n|\r/);
      rest += first;
      for (const line of others) {
        if (rest.length > most) throw new BodyTooLarge();
        yield rest;
        rest = line;
      }
      if (rest.length > most) throw new BodyTooLarge();
    }
    if (rest) yield rest;
  } finally {
    // A stream that has already failed cannot be cancelled. That is harmless.
    reader.cancel().catch(() => {});
  }
}

/**
 * The events of a stream of `text/event-stream`, such as one that `parseAs: 'stream'` returns. An incomplete last event
 * is discarded.
 *
 * @example
 * for await (const { event, data } of readEvents(stream)) console.log(event, data);
 * @throws {BodyTooLarge} for an event of more characters than `most`
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  most: number = MOST,
): AsyncGenerator<ServerEvent> {
  let event = '';
  let data: string[] = [];
  let size = 0;
  let id = '';
  let retry: number | undefined;
  for await (const line of readLines(stream, most)) {
    const [, field = '', value = ''] = /^([^:]*):? ?([\s\S]*)$/.exec(line) ?? [];
    if (line === '') {
      if (data.length > 0) yield { event: event || 'message', data: data.join('\n'), id, retry };
      event = '';
      data = [];
      size = 0;
    } else if (field === 'data') {
      data.push(value);
      size += value.length;
      if (size > most) throw new BodyTooLarge();
    } else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) retry = Number(value);
  }
}
