import { HttpError, InvalidResponseError } from './errors.ts';
import { safeHeaders, withoutKey } from './redact.ts';
import { retryAfterSeconds } from './retry.ts';
import type { Call } from './transport.ts';

/** What the contract promises in a success: JSON of some kind, anything at all, or no body. */
export type Expected = 'object' | 'array' | 'json' | 'unknown' | 'nothing';

export type Decode = typeof readData;

/** Characters of a body that an error message shows. */
const EXCERPT = 200;

const ADVICE: Record<number, string> = {
  401: 'Check that the API key is active and of the right environment.',
  403: 'The API key has no access to this.',
  404: 'Check the ids.',
  429: 'Wait before the next call.',
};

/** @throws {InvalidResponseError} when a success holds something else than the contract promises. */
export function readData(text = '', expected: Expected, response: Response, call: Call): unknown {
  if (expected === 'nothing') return undefined;
  const data = parseJson(text);
  if (expected === 'unknown') return data === undefined ? text || undefined : data;
  const kind = Array.isArray(data) ? 'array' : data === null ? 'null' : typeof data;
  if (kind === expected || (expected === 'json' && data !== undefined)) return data;
  const found = text ? `something else: ${safeText(text, call).slice(0, EXCERPT)}` : 'an empty body.';
  throw new InvalidResponseError(
    `answered ${response.status}, where the contract promises ${expected === 'json' ? 'JSON' : `a JSON ${expected}`}, with ${found}`,
    call,
    undefined,
    { status: response.status, headers: safeHeaders(response.headers, call) },
  );
}

/** The error for an answer with an error status. */
export function httpError(body = '', response: Response, call: Call): HttpError {
  const { status } = response;
  const text = safeText(body, call);
  const parsed = parseJson(text);
  const said = Object(parsed).detail;
  const detail = typeof said === 'string' ? said : undefined;
  const sentence = (detail ?? text.slice(0, EXCERPT)).replace(/[^.!?]$/, '$&.');
  const message = [`answered ${status}${sentence ? `: ${sentence}` : '.'}`, ADVICE[status] ?? '']
    .join(' ')
    .trim();
  return new HttpError(message, call, undefined, {
    status,
    headers: safeHeaders(response.headers, call),
    body: parsed,
    detail,
    retryAfter: retryAfterSeconds(response.headers),
  });
}

/** JSON can spell each character of the key in several ways; written anew, it has one. */
function safeText(body: string, call: Call): string {
  const data = parseJson(body);
  return withoutKey(data === undefined ? body : JSON.stringify(data), call);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
