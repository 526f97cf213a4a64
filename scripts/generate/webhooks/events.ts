import {
  type Document,
  methods,
  type OperationObject,
  type Parameter,
  type PathItem,
  type Reference,
  resolve,
  type Schema,
  schemaName,
} from '../client/document.ts';
import { quote } from '../client/text.ts';
import { schemaTypeNames } from '../types/schema-names.ts';

/** An event that the contract names. */
export interface WebhookEvent {
  /** The key in `webhooks`. */
  name: string;
  summary: string | undefined;
  description: string | undefined;
  /** Type of the payload: an expression over what schema.ts exports. */
  type: string;
  /** The field of the payload that holds the event's name, where the contract tells. */
  field: string | undefined;
}

/** Names that webhooks.ts declares or imports beside the schemas. */
const typeReserved = new Set([
  ...['WebhookEvents', 'WebhookEvent', 'UnlistedEvent', 'UnlistedEventType', 'WebhookError', 'WebhookFault'],
  ...['WebhookHeaders', 'HeaderPrefix', 'SignedTestEvent', 'TestEventOptions', 'NonNullable', 'String'],
  ...['eventId', 'signTestEvent', 'unlisted', 'unwrap', 'verifyWebhook', 'webhooks'],
]);

/**
 * The events with a JSON payload that are signed as Standard Webhooks says, and the types of schema.ts that they use.
 * That they are is told by a header parameter `webhook-signature` or `svix-signature`; others cannot be verified here.
 */
export function readEvents(document: Document): { events: WebhookEvent[]; types: Set<string> } {
  const typeNames = schemaTypeNames(document);
  const types = new Set<string>();
  const events: WebhookEvent[] = [];
  for (const [name, node] of Object.entries(document.webhooks ?? {})) {
    const item = resolve<PathItem>(document, node);
    const method = methods.find((each) => item[each]) ?? 'post';
    const operation = item[method];
    if (!operation?.requestBody) continue;
    const schema = resolve(document, operation.requestBody).content['application/json']?.schema;
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
    if (!schema || !isSigned(document, parameters)) continue;
    const component = typeNames.get(schemaName(schema) ?? '') ?? '';
    const type =
      component && !typeReserved.has(component)
        ? component
        : `NonNullable<webhooks[${quote(name)}][${quote(method)}]['requestBody']>['content']['application/json']`;
    types.add(type === component ? component : 'webhooks');
    const { summary, description } = operation;
    events.push({ name, summary, description, type, field: eventField(document, name, schema) });
  }
  return { events, types };
}

function isSigned(document: Document, parameters: NonNullable<OperationObject['parameters']>): boolean {
  return parameters
    .map((each) => resolve<Parameter>(document, each))
    .some((each) => each.in === 'header' && /^(webhook|svix)-signature$/i.test(each.name));
}

/** The property among whose documented values is the event's name. */
function eventField(document: Document, event: string, node: Schema | Reference): string | undefined {
  const schema = resolve<Schema>(document, node);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const {
      const: only,
      enum: closed = [],
      'x-enumDescriptions': open = {},
    } = resolve<Schema>(document, property);
    if ([only, ...closed, ...Object.keys(open)].includes(event)) return name;
  }
  return schema.allOf?.map((part) => eventField(document, event, part)).find(Boolean);
}
