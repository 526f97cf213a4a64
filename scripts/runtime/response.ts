import type { ReadScope } from './attempt.ts';
import { type CallContext, HttpError, InvalidResponseError } from './errors.ts';
import type { Redactor } from './redact.ts';
import { retryAfterSeconds } from './retry.ts';

/** What the contract says of a success: JSON of some kind, JSON or nothing, or no body. */
export type Expected = 'object' | 'array' | 'json' | 'unknown' | 'nothing';

/** Reads the data of a success. */
export type Decode = (content: string | Blob, expected: Expected, source: ResponseSource) => unknown;

/** A response and the call that it belongs to. */
export interface ResponseSource {
  response: Response;
  /** Of the request, without a key. */
  url: string;
  context: CallContext;
  redactor: Redactor;
  /** Fields that no message may quote. */
  secrets: readonly string[];
}

/** A body that is larger than it may be. */
export class BodyTooLarge extends Error {}

const ADVICE: Record<number, string> = {
  401: ' Check that the API key is active and of the right environment.',
  403: ' The API key has no access to this.',
  404: ' Check the ids.',
  429: ' Wait before the next call.',
};

/** Bytes of a body that is read whole, unless an option says otherwise. */
const MOST_BYTES = 2 ** 24;

/** The bytes of a body. @throws {BodyTooLarge} after it has cancelled the body */
export async function readBytes(response: Response, most = MOST_BYTES): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const add = (chunk: Uint8Array) => {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > most) throw new BodyTooLarge();
  };
  // The Response of some libraries has no stream of the standard.
  if (!response.body?.getReader) add(new Uint8Array(await response.arrayBuffer()));
  const reader = response.body?.getReader?.();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) add(part.value);
  } catch (error) {
    // What has broken by itself cannot be cancelled, which harms nobody.
    reader?.cancel().catch(() => {});
    throw error;
  }
  return chunks;
}

/** A body as UTF-8 text. @throws {BodyTooLarge} */
export async function readText(response: Response, most?: number): Promise<string> {
  const chunks = await readBytes(response, most);
  const decoder = new TextDecoder();
  let text = '';
  for (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** A body as it is. @throws {BodyTooLarge} */
export async function readBlob(response: Response, most?: number): Promise<Blob> {
  return new Blob((await readBytes(response, most)) as BlobPart[], {
    type: response.headers.get('content-type') ?? '',
  });
}

/** @throws {InvalidResponseError} when a success holds something else than the contract says. */
export function decodeJson(content: string | Blob, expected: Expected, source: ResponseSource): unknown {
  const text = content as string;
  if (!text && (expected === 'nothing' || expected === 'unknown')) return undefined;
  const data = parseJson(text);
  if (data !== undefined && expected === 'nothing') return undefined;
  const kind =
    data === undefined ? 'none' : Array.isArray(data) ? 'array' : data === null ? 'null' : typeof data;
  if (kind === expected || (kind !== 'none' && (expected === 'json' || expected === 'unknown'))) return data;
  const found =
    text === '' ? 'no body' : kind === 'none' ? describeText(text, source) : `JSON of another kind: ${kind}`;
  throw invalidResponse(`${found}; the contract says ${describeExpected(expected)}.`, source);
}

/** The text itself stays out of the message: that of a create can hold a link which is a credential. */
function describeText(text: string, { response: { headers }, redactor }: ResponseSource): string {
  const type = redactor.line(headers.get('content-type') ?? 'no content-type', 100);
  return `${text.length} characters of ${type} that are not JSON`;
}

/** @param found completes "responded with 200 and" */
export function invalidResponse(found: string, source: ResponseSource): InvalidResponseError {
  const { context, redactor } = source;
  const { status, headers } = source.response;
  const fields = { status, headers: redactor.headers(headers) };
  return new InvalidResponseError(`responded with ${status} and ${found}`, context, undefined, fields);
}

/** Where a redirect leads to, as an absolute address. */
export function decodeLocation(_content: unknown, _expected: Expected, source: ResponseSource): string {
  const location = source.response.headers.get('location') ?? '';
  if (!location || !URL.canParse(location, source.url))
    throw invalidResponse('without a location that can be read; the contract says a redirect.', source);
  return new URL(location, source.url).href;
}

/** Content that is not JSON: its text or its bytes. */
export function decodeAsIs(content: unknown): unknown {
  return content;
}

/** For success statuses that differ in what they hold. */
export function decodeByStatus(expectedOf: Record<number, Expected>): Decode {
  return (content, expected, source) =>
    decodeJson(content, expectedOf[source.response.status] ?? expected, source);
}

function describeExpected(expected: Expected): string {
  if (expected === 'unknown' || expected === 'nothing') return 'JSON or no body';
  return expected === 'json' ? 'JSON' : `a JSON ${expected}`;
}

/** The error for a response with an error status. @param content undefined where the connection broke in the body */
export function httpError(content: string | undefined, source: ResponseSource): HttpError {
  const { response, context, redactor, secrets } = source;
  const { status, headers } = response;
  const { text, body } = readErrorBody(content ?? '', redactor);
  const said = Object(body).detail;
  const detail = typeof said === 'string' ? said : undefined;
  const quote = detail ?? (body === undefined ? text : withoutSecrets(body, secrets));
  const sentence = redactor.line(quote).replace(/[^.!?…]$/, '$&.');
  return new HttpError(
    `responded with ${status}${sentence ? `: ${sentence}` : '.'}${ADVICE[status] ?? ''}`,
    context,
    undefined,
    { status, headers: redactor.headers(headers), body, detail, retryAfter: retryAfterSeconds(headers) },
  );
}

/** JSON can spell each character of a key in several ways; written anew, it has one. */
function readErrorBody(content: string, redactor: Redactor): { text: string; body: unknown } {
  try {
    const text = redactor.text(JSON.stringify(JSON.parse(content)));
    return { text, body: JSON.parse(text) };
  } catch {
    // It is no JSON, or nested too deeply to be written again.
    return { text: redactor.text(content), body: undefined };
  }
}

function withoutSecrets(body: unknown, secrets: readonly string[]): string {
  return JSON.stringify(body, (name, value) => (secrets.includes(name) ? '[secret]' : value));
}

/** Undefined for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Passes on each piece of a body as it arrives, under the limits of the attempt, which lasts until the stream ends.
 *
 * @param perPiece the time of the attempt holds for each wait for a piece, not for all of them. A slow reader is not
 *   waited for.
 */
export function openStream(
  body: ReadableStream<Uint8Array>,
  scope: ReadScope,
  perPiece = false,
): ReadableStream<Uint8Array> {
  const { signal, maxResponseBytes = Number.POSITIVE_INFINITY, toError } = scope;
  const release = scope.keep();
  const reader = body.getReader();
  let size = 0;
  let open = true;
  const end = () => {
    if (open) release();
    open = false;
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      // Also while nobody reads.
      signal.addEventListener('abort', () => fail(controller, undefined));
    },
    async pull(controller) {
      try {
        if (perPiece) scope.restart();
        const { done, value } = await reader.read();
        if (!open) return;
        if (perPiece) scope.pause();
        size += value?.byteLength ?? 0;
        if (size > maxResponseBytes) throw new BodyTooLarge();
        if (value) controller.enqueue(value);
        if (!done) return;
        end();
        controller.close();
      } catch (cause) {
        fail(controller, cause);
      }
    },
    cancel(reason) {
      end();
      return reader.cancel(reason);
    },
  });

  function fail(controller: ReadableStreamDefaultController, cause: unknown): void {
    if (!open) return;
    controller.error(toError(cause));
    end();
    // What has broken by itself cannot be cancelled, which harms nobody.
    reader.cancel().catch(() => {});
  }
}
