import type { ReadScope } from './attempt.ts';
import { type CallContext, HttpError, InvalidResponseError } from './errors.ts';
import type { Redactor } from './redact.ts';
import { retryAfterSeconds } from './retry.ts';
import type { Expected, Rule } from './rule.ts';

/** A response, and what is needed to report an error about it. */
export interface ResponseSource {
  response: Response;
  /** The URL of the request, without a key. */
  url: string;
  context: CallContext;
  redactor: Redactor;
  rule: Rule;
  /** Names of fields whose values must not appear in a message. */
  secrets: readonly string[];
}

/** Whether the contract says that a response is a success. */
export function isSuccess(response: Response, { read }: Rule): boolean {
  return response.ok || (read?.target !== undefined && isRedirect(response));
}

/** A browser hides a redirect: its status is 0 then, and this returns false. */
export function isRedirect({ status }: Response): boolean {
  return status >= 300 && status <= 399 && status !== 304;
}

/** A body is larger than the limit. */
export class BodyTooLarge extends Error {}

const ADVICE: Record<number, string> = {
  401: ' Check that the API key is active and belongs to the right environment.',
  403: ' The API key has no access to this.',
  404: ' Check the ids.',
  429: ' Wait before the next call.',
};

/** The default limit for a body that is read whole, in bytes. */
const MOST_BYTES = 2 ** 24;

/** Reads the bytes of a body. @throws {BodyTooLarge} after it has cancelled the body */
export async function readBytes(response: Response, most: number = MOST_BYTES): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const add = (chunk: Uint8Array) => {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > most) throw new BodyTooLarge();
  };
  // The Response of some libraries has a stream of Node, or none. The end of the loop destroys it.
  const other = response.body?.getReader ? undefined : (response.body as AsyncIterable<Uint8Array> | null);
  if (other?.[Symbol.asyncIterator]) for await (const chunk of other) add(chunk);
  else if (!response.body?.getReader) add(new Uint8Array(await response.arrayBuffer()));
  const reader = response.body?.getReader?.();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) add(part.value);
  } catch (error) {
    // A stream that has already failed cannot be cancelled. That is harmless.
    reader?.cancel().catch(() => {});
    throw error;
  }
  return chunks;
}

/** Reads a body as UTF-8 text. @throws {BodyTooLarge} */
export async function readText(response: Response, most?: number): Promise<string> {
  return decodeText(await readBytes(response, most));
}

export function decodeText(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  let text = '';
  for (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** Reads a body as a `Blob`. @throws {BodyTooLarge} */
async function readBlob(response: Response, most?: number): Promise<Blob> {
  return new Blob((await readBytes(response, most)) as BlobPart[], {
    type: response.headers.get('content-type') ?? '',
  });
}

/** How to read a success that is not JSON. */
export interface Reading {
  /** The default of the fetch client. */
  parseAs?: 'text' | 'blob';
  body(response: Response, most?: number): Promise<string | Blob>;
  /** The data, if it is that of a redirect. @throws {InvalidResponseError} */
  target?(source: ResponseSource): string;
}

export const asText: Reading = { parseAs: 'text', body: readText };

export const asBlob: Reading = { parseAs: 'blob', body: readBlob };

export const asRedirect: Reading = { body: readText, target: readLocation };

/**
 * The data of a success, whose body is text or bytes.
 *
 * @throws {InvalidResponseError} if the body does not match the contract
 */
export function readData(content: string | Blob, source: ResponseSource): unknown {
  const { rule, response } = source;
  if (rule.read) return rule.read.target ? rule.read.target(source) : content;
  const text = content as string;
  const expected = rule.byStatus?.[response.status] ?? rule.expected ?? 'object';
  const data = parseJson(text);
  const optional = expected === 'unknown' || expected === 'nothing';
  const readable = data !== undefined || (optional && text === '');
  // The caller gets no body that the contract does not have.
  if (readable && (optional || expected === 'json' || jsonType(data) === expected))
    return expected === 'nothing' ? undefined : data;
  const found = data === undefined ? describeText(text, source) : `JSON of another type: ${jsonType(data)}`;
  throw invalidResponse(`${found}; the contract says ${describeExpected(expected)}.`, source);
}

function jsonType(data: unknown): string {
  if (Array.isArray(data)) return 'array';
  return data === null ? 'null' : typeof data;
}

/** The message does not quote the body: it can contain a link that is a credential. */
function describeText(text: string, { response: { headers }, redactor }: ResponseSource): string {
  if (text === '') return 'no body';
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

/** The target of a redirect, as an absolute URL. */
function readLocation(source: ResponseSource): string {
  const location = source.response.headers.get('location') ?? '';
  if (location && URL.canParse(location, source.url)) return new URL(location, source.url).href;
  throw invalidResponse('without a location that can be read; the contract says a redirect.', source);
}

function describeExpected(expected: Expected): string {
  if (expected === 'unknown' || expected === 'nothing') return 'JSON or no body';
  return expected === 'json' ? 'JSON' : `a JSON ${expected}`;
}

/** The error for a response with an error status. @param content undefined if the body could not be read */
export function httpError(content: string | undefined, source: ResponseSource): HttpError {
  const { response, context, redactor, secrets } = source;
  const { status, headers } = response;
  const { text, body } = readErrorBody(content ?? '', source);
  const said = Object(body).detail;
  const detail = typeof said === 'string' ? said : undefined;
  const quote = detail ?? (typeof body === 'object' ? withoutSecrets(body, secrets) : text);
  const sentence = redactor.line(quote).replace(/[^.!?…]$/, '$&.');
  return new HttpError(
    `responded with ${status}${sentence ? `: ${sentence}` : '.'}${ADVICE[status] ?? ''}`,
    context,
    undefined,
    { status, headers: redactor.headers(headers), body, detail, retryAfter: retryAfterSeconds(headers) },
  );
}

/** JSON can escape each character of a key in several ways; parsing and writing it again leaves one. */
function readErrorBody(
  content: string,
  { redactor, rule, response }: ResponseSource,
): { text: string; body: unknown } {
  if (rule.textErrors?.(response.status)) {
    const text = redactor.text(content);
    return { text, body: text };
  }
  try {
    const text = redactor.text(JSON.stringify(JSON.parse(content)));
    return { text, body: JSON.parse(text) };
  } catch {
    // It is not JSON, or nested too deeply to be written again.
    return { text: redactor.text(content), body: undefined };
  }
}

/** Whether the body of an error is text. @param documented by status, range or `default` */
export function textAt(documented: Readonly<Record<string, boolean>>): (status: number) => boolean {
  return (status) => {
    const { [status]: exact, [`${Math.floor(status / 100)}XX`]: range, default: others } = documented;
    return exact ?? range ?? others ?? false;
  };
}

function withoutSecrets(body: unknown, secrets: readonly string[]): string {
  return JSON.stringify(body, (name, value) => (secrets.includes(name) ? '[secret]' : value));
}

/** Returns undefined for text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Passes on each chunk of a body as it arrives, within the limits of the attempt, which lasts until the stream ends.
 *
 * @param perPiece apply the timeout of the attempt to each wait for a chunk, not to the whole stream. The time that the
 *   reader takes does not count.
 */
export function openStream(
  body: ReadableStream<Uint8Array>,
  scope: ReadScope,
  perPiece = false,
): ReadableStream<Uint8Array> {
  const { limit, maxResponseBytes = Number.POSITIVE_INFINITY, toError } = scope;
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
      // Fail even while nobody reads.
      limit.signal.addEventListener('abort', () => fail(controller, undefined));
    },
    async pull(controller) {
      try {
        if (perPiece) limit.restart();
        const { done, value } = await reader.read();
        if (!open) return;
        if (perPiece) limit.pause();
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
    // A stream that has already failed cannot be cancelled. That is harmless.
    reader.cancel().catch(() => {});
  }
}
