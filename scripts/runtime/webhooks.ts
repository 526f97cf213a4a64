import { Webhook } from 'standardwebhooks';

/** The shortest secret of Standard Webhooks, 24 bytes, in base64. Without it, `String(undefined)` is a secret. */
const SHORTEST_SECRET = 32;

/** The errors of standardwebhooks differ only in their messages; its version is pinned. */
const refusals: Record<string, [WebhookFault, string]> = {
  'Invalid Signature Headers': ['bad-timestamp', 'The timestamp of the request is not a number of seconds.'],
  'Message timestamp too old': [
    'timestamp-too-old',
    'The request was signed more than five minutes ago: it is a replay, or the clock of this machine is ahead.',
  ],
  'Message timestamp too new': [
    'timestamp-too-new',
    'The request was signed more than five minutes from now: set the clock of this machine.',
  ],
};

/**
 * Verifies a request and returns the JSON object in its body.
 *
 * @param rawBody the unchanged body; a body that was parsed and written again no longer matches its signature
 * @throws {WebhookError}
 */
export function verifyWebhook(
  rawBody: string | Uint8Array | ArrayBuffer,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
): object {
  // Validate all secrets first, so that a mistyped one is found today and not on the day it is needed.
  const [first = '', ...others] = [secrets].flat();
  const webhooks = [first, ...others].map(createWebhook);
  const body = readText(rawBody);
  checkSignature(webhooks, body, readSignatureHeaders(headers));
  return parseObject(body);
}

/** @throws {WebhookError} `bad-secret`, whose message does not contain the secret */
function createWebhook(secret: string): Webhook {
  try {
    const webhook = new Webhook(secret);
    const [encoded = ''] = secret.replace('whsec_', '').split('=');
    if (encoded.length >= SHORTEST_SECRET) return webhook;
  } catch {
    // The error can contain the secret.
  }
  throw new WebhookError(
    'bad-secret',
    'A webhook secret is missing, is shorter than 24 bytes, or is not base64 behind its whsec_: copy it again from the settings of the endpoint.',
  );
}

function readText(body: unknown): string {
  if (typeof body === 'string') return body;
  if (!ArrayBuffer.isView(body) && Object.prototype.toString.call(body) !== '[object ArrayBuffer]')
    throw new WebhookError(
      'not-raw',
      'rawBody must be the unparsed body, a string or bytes: a parsed body cannot be verified. Read it before any body parser.',
    );
  try {
    // A byte order mark is part of the signed text. Invalid UTF-8 would all decode to the same character.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body as ArrayBuffer);
  } catch {
    throw new WebhookError('bad-signature', 'The body of the request is not UTF-8: no sender has signed it.');
  }
}

function checkSignature(webhooks: Webhook[], body: string, headers: SignatureHeaders): void {
  let refusal = '';
  for (const webhook of webhooks) {
    try {
      webhook.verify(body, { ...headers }, { jsonParse: false });
      return;
    } catch (error) {
      refusal = (error as Error).message;
    }
  }
  throw new WebhookError(
    ...(refusals[refusal] ?? [
      'bad-signature',
      'No signature of the request matches its body: it comes from someone else, was changed on its way, or was signed with another secret.',
    ]),
  );
}

function parseObject(body: string): object {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {}
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new WebhookError(
    'not-json',
    'The signature of the request is valid, but its body is not a JSON object.',
  );
}

/** Headers of a request: those of `fetch`, or an object such as `request.headers` of Node. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** The headers that standardwebhooks reads: what is signed in addition to the body, and the signature. */
interface SignatureHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/**
 * Svix sends headers with its own prefix, or with that of Standard Webhooks
 * (https://docs.svix.com/receiving/verifying-payloads/how-manual).
 */
export type HeaderPrefix = 'svix' | 'webhook';

const prefixes: HeaderPrefix[] = ['svix', 'webhook'];

/**
 * Reads all three headers under one prefix. If a request has both, `svix` is used throughout, so that the verified id
 * is the id that the receiver reads.
 *
 * @throws {WebhookError} `missing-header`, whose message names them
 */
function readSignatureHeaders(headers: WebhookHeaders): SignatureHeaders {
  const given = Object(headers);
  const pairs: Iterable<[string, unknown]> = Symbol.iterator in given ? given : Object.entries(given);
  const values = new Map(Array.from(pairs, ([name, value]) => [String(name).toLowerCase(), value]));
  const read = (name: string) => [values.get(name) ?? ''].flat().join(', ');
  const missing = prefixes.map((prefix) =>
    ['id', 'timestamp', 'signature'].map((part) => `${prefix}-${part}`).filter((name) => !read(name)),
  );
  const complete = prefixes.find((_, index) => missing[index]?.length === 0);
  if (complete)
    return {
      'webhook-id': read(`${complete}-id`),
      'webhook-timestamp': read(`${complete}-timestamp`),
      'webhook-signature': read(`${complete}-signature`),
    };
  // Report the prefix with fewer missing headers: the sender most likely uses that one.
  const [names = []] = missing.sort((one, other) => one.length - other.length);
  throw new WebhookError(
    'missing-header',
    `The request has no ${names.join(', ')}: it does not come from the sender, or something on the way removes headers.`,
  );
}

/**
 * The id of an event: the same for each delivery of it, so that a receiver can detect a duplicate. Do not trust it
 * before `unwrap` has verified the same headers.
 *
 * @throws {WebhookError} `missing-header`
 */
export function eventId(headers: WebhookHeaders): string {
  return readSignatureHeaders(headers)['webhook-id'];
}

/** Options of `signTestEvent`. */
export interface TestEventOptions {
  /**
   * The id of the event. The same id again means another delivery of the same event.
   * @default a new one
   */
  id?: string | undefined;
  /**
   * When it was signed.
   * @default now
   */
  timestamp?: Date | undefined;
  /**
   * The prefix of the header names.
   * @default 'svix'
   */
  prefix?: HeaderPrefix | undefined;
}

/** The body and the headers of a request as the sender would send it. */
export interface SignedTestEvent {
  body: string;
  headers: Record<string, string>;
}

/**
 * Signs an event like the sender does, to test a receiver: `fetch(url, { method: 'POST', ...signed })`.
 *
 * @param event the payload; a string becomes the body unchanged, even if it is not JSON
 * @param secret `whsec_` and base64; any secret that the receiver uses
 * @throws {WebhookError} `bad-secret`
 */
export function signTestEvent(
  event: object | string,
  secret: string,
  options: TestEventOptions = {},
): SignedTestEvent {
  const { id = `msg_${crypto.randomUUID()}`, timestamp = new Date(), prefix = 'svix' } = options;
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      [`${prefix}-id`]: id,
      [`${prefix}-timestamp`]: String(Math.floor(timestamp.getTime() / 1000)),
      [`${prefix}-signature`]: createWebhook(secret).sign(id, timestamp, body),
    },
  };
}

/**
 * Why a request was refused:
 * - `missing-header`: the id, the timestamp or the signature is missing.
 * - `bad-timestamp`: the timestamp is not a number of seconds.
 * - `timestamp-too-old`, `timestamp-too-new`: the timestamp differs from this clock by more than five minutes.
 * - `bad-signature`: no signature matches this body with any of the secrets.
 * - `not-json`: the signature is valid, but the body is not a JSON object.
 * - `not-raw`: the body is neither a string nor bytes. A mistake of the receiver, not of the sender.
 * - `bad-secret`: a secret cannot be used. A mistake of the receiver as well.
 */
export type WebhookFault =
  | 'missing-header'
  | 'bad-timestamp'
  | 'timestamp-too-old'
  | 'timestamp-too-new'
  | 'bad-signature'
  | 'not-json'
  | 'not-raw'
  | 'bad-secret';

/**
 * A request that is not, or cannot be proven to be, an event from the sender. Contains neither the body nor a secret.
 */
export class WebhookError extends Error {
  readonly reason: WebhookFault;
  static {
    WebhookError.prototype.name = 'WebhookError';
  }

  constructor(reason: WebhookFault, message: string) {
    super(message);
    this.reason = reason;
  }
}
