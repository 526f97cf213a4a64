import type { Document } from '../../openapi/document.ts';
import { pointerTo } from '../../openapi/pointer.ts';
import { docComment, emitNames, propertyName, quote, typeOnly } from '../client/text.ts';
import type { Warning } from '../warning.ts';
import { type Discriminant, findDiscriminant } from './discriminant.ts';
import { readEvents, type WebhookEvent } from './events.ts';

/** webhooks.ts, and warnings about it. */
export interface Webhooks {
  /** The events of a contract as a union, on top of the runtime that verifies them. Undefined without events. */
  text: string | undefined;
  /** One for each event that cannot be distinguished, or has no type. */
  warnings: Warning[];
}

export function emitWebhooks(document: object): Webhooks {
  const { events, types, untyped } = readEvents(document as Document);
  const warnings = untyped.map(({ name, reason }) => ({
    pointer: pointerTo('webhooks', name),
    message: `There is no type for the webhook ${name}: ${reason}.`,
  }));
  if (events.length === 0) return { text: undefined, warnings };
  const discriminant = findDiscriminant(document as Document, events);
  const undistinguished = discriminant
    ? events.filter(({ name }) => !isDistinguished(name, discriminant))
    : [];
  const signed = events.some((event) => event.signed);
  const text = [
    emitImports(types, signed),
    emitEvents(events, discriminant, signed),
    discriminant ? emitUnlisted(discriminant.field) : emitOther,
    emitUnion(discriminant, undistinguished),
    ...(signed ? [emitUnwrap] : []),
  ].join('\n');
  return { text, warnings: [...warnings, ...describeUndistinguished(discriminant, undistinguished)] };
}

function isDistinguished(name: string, { named, valued }: Discriminant): boolean {
  return named.has(name) || valued.has(name);
}

function describeUndistinguished(
  discriminant: Discriminant | undefined,
  undistinguished: readonly WebhookEvent[],
): Warning[] {
  if (!discriminant) {
    const message =
      "No field of the payloads distinguishes the webhooks: WebhookEvents['NAME'] has the type of each.";
    return [{ pointer: pointerTo('webhooks'), message }];
  }
  return undistinguished.map(({ name }) => ({
    pointer: pointerTo('webhooks', name),
    message: `The payload of the webhook ${name} does not name it, so it is not in the union: document ${name} as a value of ${discriminant.field}.`,
  }));
}

function emitImports(types: Set<string>, signed: boolean): string {
  const schemaTypes = emitNames('import', Array.from(types, typeOnly), './schema.ts');
  if (!signed) return schemaTypes;
  return [
    emitNames('import', ['verifyWebhook', 'type WebhookHeaders'], runtime),
    schemaTypes,
    '\n',
    emitNames('export', ['WebhookError', 'eventId', 'signTestEvent', ...publicTypes.map(typeOnly)], runtime),
  ].join('');
}

const runtime = './runtime/webhooks.ts';

const publicTypes = ['HeaderPrefix', 'SignedTestEvent', 'TestEventOptions', 'WebhookFault', 'WebhookHeaders'];

function emitEvents(
  events: readonly WebhookEvent[],
  discriminant: Discriminant | undefined,
  signed: boolean,
): string {
  const rows = events.map(({ name, summary, description, type }) => {
    const { field = '' } = discriminant ?? {};
    const event = discriminant?.named.has(name)
      ? `${type} & { ${propertyName(field)}: ${quote(name)} }`
      : type;
    return `${docComment([summary, description], '  ')}  ${propertyName(name)}: ${event};\n`;
  });
  const unverified =
    'The contract has no signature that can be verified here: verify requests in the way of the sender before you trust them.';
  const comment = docComment(['The payload of each event of the contract.', signed ? undefined : unverified]);
  return `${comment}export interface WebhookEvents {\n${rows.join('')}}\n`;
}

// A string literal is comparable with `string`, even if branded, but not with this interface. So a `case` of a `switch`
// leaves only the event with that name.
function emitUnlisted(field: string): string {
  const name = propertyName(field);
  return `declare const unlisted: unique symbol;

/**
 * The name of an event that the contract does not list. It is a string at runtime; \`String()\` converts it for
 * TypeScript.
 */
export interface UnlistedEventType extends String {
  readonly [unlisted]: never;
}

/** An event that the contract does not list, or that has no name. Its fields are unknown. */
export interface UnlistedEvent {
  readonly ${name}?: UnlistedEventType | undefined;
  readonly [field: string]: unknown;
}
`;
}

const emitOther = `/** An event that the contract does not list. Its fields are unknown. */
export interface UnlistedEvent {
  readonly [field: string]: unknown;
}
`;

function emitUnion(discriminant: Discriminant | undefined, undistinguished: readonly WebhookEvent[]): string {
  const names = undistinguished.map(({ name }) => quote(name)).join(' | ');
  const comment = discriminant
    ? [
        `An event. Narrow it by \`${discriminant.field}\`.`,
        names && `Without ${names.replaceAll(' | ', ', ')}, whose payload does not name the event.`,
      ]
    : ["An event. No field names it: when you know it, `WebhookEvents['NAME']` has its type."];
  const keys = names ? `Exclude<keyof WebhookEvents, ${names}>` : 'keyof WebhookEvents';
  return `${docComment(comment)}export type WebhookEvent = WebhookEvents[${keys}] | UnlistedEvent;
`;
}

const emitUnwrap = `/**
 * Verifies the signature of a request and returns its event. The fields are not checked against the contract.
 *
 * @param rawBody the unparsed body
 * @param headers the headers of the request, \`svix-*\` or \`webhook-*\`
 * @param secrets the secret of the endpoint, \`whsec_\` and base64; during a rotation, the old and the new one
 * @throws {WebhookError} whose \`reason\` says why the request was refused
 */
export function unwrap(
  rawBody: string | Uint8Array | ArrayBuffer,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
): WebhookEvent {
  return verifyWebhook(rawBody, headers, secrets) as WebhookEvent;
}
`;
