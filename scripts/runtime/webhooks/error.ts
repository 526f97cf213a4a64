/**
 * Why a request was refused:
 * - `missing-header`: its id, timestamp or signature is not there.
 * - `bad-timestamp`: its timestamp is not a number of seconds.
 * - `timestamp-too-old`, `timestamp-too-new`: it is more than five minutes away from this clock.
 * - `bad-signature`: no signature fits this body with any of the secrets.
 * - `not-json`: its signature is right, but the body is not a JSON object.
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

/** A request that is not, or cannot be shown to be, an event from the sender. Holds neither the body nor a secret. */
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
