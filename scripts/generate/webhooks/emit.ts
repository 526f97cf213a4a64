import type { Document } from '../client/document.ts';
import { docComment, propertyName, quote } from '../client/text.ts';
import { readEvents, type WebhookEvent } from './events.ts';

/** Writes webhooks.ts: the events of a contract as a union, over the runtime that verifies them. Undefined where it has none. */
export function emitWebhooks(document: object): string | undefined {
  const { events, types } = readEvents(document as Document);
  if (events.length === 0) return undefined;
  const [field, ...others] = new Set(events.map((event) => event.field));
  const discriminator = others.length === 0 ? field : undefined;
  return [
    `import type { WebhookHeaders } from './runtime/webhooks/headers.ts';
import { verifyWebhook } from './runtime/webhooks/verify.ts';
import type { ${[...types].sort().join(', ')} } from './schema.ts';

export * from './runtime/webhooks/error.ts';
export { eventId, type HeaderPrefix, type WebhookHeaders } from './runtime/webhooks/headers.ts';
export * from './runtime/webhooks/sign-test-event.ts';
`,
    emitEvents(events, discriminator),
    discriminator ? emitUnlisted(discriminator) : emitOther,
    emitUnion(discriminator),
    emitUnwrap,
  ].join('\n');
}

function emitEvents(events: WebhookEvent[], discriminator: string | undefined): string {
  const rows = events.map(({ name, summary, description, type }) => {
    const event = discriminator ? `${type} & { ${propertyName(discriminator)}: ${quote(name)} }` : type;
    return `${docComment([summary, description], '  ')}  ${propertyName(name)}: ${event};\n`;
  });
  return `${docComment(['The payload of each event that the contract names.'])}export interface WebhookEvents {\n${rows.join('')}}\n`;
}

// A string literal can be compared with `string`, however branded, but not with an interface: with this one, a `switch`
// leaves no more than the event that it asked for.
function emitUnlisted(field: string): string {
  const name = propertyName(field);
  return `declare const unlisted: unique symbol;

/** The name of an event that the contract does not list. It is a string; \`String()\` makes it one for TypeScript too. */
export interface UnlistedEventType extends String {
  readonly [unlisted]: never;
}

/** An event that the contract does not list, or one that does not say which it is. Nothing is known of its fields. */
export interface UnlistedEvent {
  readonly ${name}?: UnlistedEventType | undefined;
  readonly [field: string]: unknown;
}
`;
}

const emitOther = `/** An event that the contract does not list. Nothing is known of its fields. */
export interface UnlistedEvent {
  readonly [field: string]: unknown;
}
`;

function emitUnion(discriminator: string | undefined): string {
  const how = discriminator && `Narrow it by \`${discriminator}\`.`;
  return `${docComment([['An event.', how].filter(Boolean).join(' ')])}export type WebhookEvent = WebhookEvents[keyof WebhookEvents] | UnlistedEvent;
`;
}

const emitUnwrap = `/**
 * The event in a request, once its signature is verified. Its fields are not checked against the contract.
 *
 * @param rawBody the body as it came, before any parser
 * @param headers the headers of the request, \`svix-*\` or \`webhook-*\`
 * @param secrets the secret of the endpoint, \`whsec_\` and base64; while it is changed, the old and the new one
 * @throws {WebhookError} that says in \`reason\` why the request is not taken for an event
 */
export function unwrap(
  rawBody: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
): WebhookEvent {
  return verifyWebhook(rawBody, headers, secrets) as WebhookEvent;
}
`;
