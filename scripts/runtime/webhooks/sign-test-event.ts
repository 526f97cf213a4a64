import type { HeaderPrefix } from './headers.ts';
import { createWebhook } from './verify.ts';

/** What else a signed test event can have. */
export interface TestEventOptions {
  /**
   * The event's id; the same one again is the same event.
   * @default a new one
   */
  id?: string | undefined;
  /**
   * When it was signed.
   * @default now
   */
  timestamp?: Date | undefined;
  /**
   * How the names of its headers begin.
   * @default 'svix'
   */
  prefix?: HeaderPrefix | undefined;
}

/** A request as the sender would send it. */
export interface SignedTestEvent {
  body: string;
  headers: Record<string, string>;
}

/**
 * Signs an event as the sender does, for the tests of a receiver: `fetch(url, { method: 'POST', ...signed })`.
 *
 * @param event the payload; a string is taken for the body as it is, JSON or not
 * @param secret `whsec_` and base64; any will do that the receiver knows
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
