import {
  type Document,
  type Parameter,
  type Reference,
  type Schema,
  schemaName,
} from '../../openapi/document.ts';
import { chooseMedia } from '../../openapi/media-types.ts';
import { webhooksOf } from '../../openapi/operations.ts';
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
  const webhooks = webhooksOf(document);
  for (const webhook of webhooks) {
    const { path: name, method, object, parameters, body } = webhook;
    // A receiver does not care by which method an event is sent.
    if (webhooks.find(({ path }) => path === name) !== webhook) continue;
    const { summary, description } = object;
    if (!body) {
      untyped.push({ name, reason: 'it has no body' });
      continue;
    }
    const media = chooseMedia(body.content);
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
    events.push({ name, summary, description, type, schema: media.schema, signed: isSigned(parameters) });
  }
  return { events, types, untyped };
}

function isSigned(parameters: Parameter[]): boolean {
  return parameters.some((each) => each.in === 'header' && /^(webhook|svix)-signature$/i.test(each.name));
}
