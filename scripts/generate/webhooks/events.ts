import {
  type Document,
  methods,
  type Parameter,
  type PathItem,
  type Reference,
  resolve,
  type Schema,
  schemaName,
} from '../client/document.ts';
import { chooseMedia } from '../client/media-types.ts';
import { quote } from '../client/text.ts';
import { schemaTypeNames } from '../types/schema-names.ts';

/** An event of the contract. */
export interface WebhookEvent {
  /** The key in `webhooks`. */
  name: string;
  summary: string | undefined;
  description: string | undefined;
  /** The type of the payload: an expression with the exports of schema.ts. */
  type: string;
  schema: Schema | Reference;
  /**
   * Whether it is signed according to Standard Webhooks: it has a header parameter `webhook-signature` or
   * `svix-signature`. Others cannot be verified here.
   */
  signed: boolean;
}

/** Names that webhooks.ts declares or imports, in addition to the schemas. */
const typeReserved = new Set([
  ...['WebhookEvents', 'WebhookEvent', 'UnlistedEvent', 'UnlistedEventType', 'WebhookError', 'WebhookFault'],
  ...[
    'WebhookHeaders',
    'HeaderPrefix',
    'SignedTestEvent',
    'TestEventOptions',
    'NonNullable',
    'String',
    'Exclude',
  ],
  ...['eventId', 'signTestEvent', 'unlisted', 'unwrap', 'verifyWebhook', 'webhooks'],
]);

/**
 * The events with a JSON payload, the types of schema.ts that they use, and the reasons why other events have no type.
 */
export function readEvents(document: Document) {
  const typeNames = schemaTypeNames(document);
  const types = new Set<string>();
  const events: WebhookEvent[] = [];
  const untyped: { name: string; reason: string }[] = [];
  for (const [name, node] of Object.entries(document.webhooks ?? {})) {
    const item = resolve<PathItem>(document, node);
    const method = methods.find((each) => item[each]) ?? 'post';
    const { requestBody, parameters = [], summary, description } = item[method] ?? {};
    if (!requestBody) {
      untyped.push({ name, reason: 'it has no body' });
      continue;
    }
    const media = chooseMedia(resolve(document, requestBody).content);
    if (media?.kind !== 'json' || !media.schema) {
      untyped.push({ name, reason: 'its body is not JSON with a schema' });
      continue;
    }
    const component = typeNames.get(schemaName(media.schema) ?? '') ?? '';
    const type =
      component && !typeReserved.has(component)
        ? component
        : `NonNullable<webhooks[${quote(name)}][${quote(method)}]['requestBody']>['content'][${quote(media.key)}]`;
    types.add(type === component ? component : 'webhooks');
    const signed = isSigned(document, [...(item.parameters ?? []), ...parameters]);
    events.push({ name, summary, description, type, schema: media.schema, signed });
  }
  return { events, types, untyped };
}

function isSigned(document: Document, parameters: readonly (Parameter | Reference)[]): boolean {
  return parameters
    .map((each) => resolve<Parameter>(document, each))
    .some((each) => each.in === 'header' && /^(webhook|svix)-signature$/i.test(each.name));
}
