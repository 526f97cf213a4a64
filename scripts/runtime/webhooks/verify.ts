import { Webhook } from 'standardwebhooks';
import { WebhookError, type WebhookFault } from './error.ts';
import { readSignatureHeaders, type SignatureHeaders, type WebhookHeaders } from './headers.ts';

/** The only thing by which the errors of standardwebhooks differ is their message; its version is pinned. */
const refusals: Record<string, [WebhookFault, string]> = {
  'Invalid Signature Headers': ['bad-timestamp', 'The timestamp of the request is not a number of seconds.'],
  'Message timestamp too old': [
    'timestamp-too-old',
    'The request was signed more than five minutes ago: it is sent again by someone else, or this clock is ahead.',
  ],
  'Message timestamp too new': [
    'timestamp-too-new',
    'The request was signed more than five minutes from now: set the clock of this machine.',
  ],
};

/**
 * Verifies a request and returns the JSON object in its body.
 *
 * @param rawBody the body as it came; text or bytes that were parsed and written again no longer match
 * @throws {WebhookError}
 */
export function verifyWebhook(
  rawBody: string | Uint8Array | ArrayBuffer,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
): object {
  // All of them before any is tried: one that is mistyped must not wait for the day it is needed.
  const [first = '', ...others] = [secrets].flat();
  const webhooks = [first, ...others].map(createWebhook);
  const body = readText(rawBody);
  checkSignature(webhooks, body, readSignatureHeaders(headers));
  return parseObject(body);
}

/** @throws {WebhookError} `bad-secret`, without the secret */
export function createWebhook(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch {
    throw new WebhookError(
      'bad-secret',
      'A webhook secret is missing, or is not base64 behind its whsec_: copy it anew from where the endpoint was set up.',
    );
  }
}

function readText(body: unknown): string {
  if (typeof body === 'string') return body;
  if (!ArrayBuffer.isView(body) && Object.prototype.toString.call(body) !== '[object ArrayBuffer]')
    throw new WebhookError(
      'not-raw',
      'rawBody must be the body as it came, a string or bytes: a body that was parsed cannot be verified. Read it before any body parser does.',
    );
  try {
    // A byte order mark is part of what was signed. Other bytes that are no UTF-8 would all decode to the same sign.
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
      'No signature of the request fits its body: it comes from someone else, was changed on its way, or was signed with another secret.',
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
    'The request is signed as it should be, but its body is not a JSON object.',
  );
}
