import type { Oas3Rule, UserContext } from '@redocly/openapi-core';
import type { Content } from '../../openapi/document.ts';
import { chooseMedia } from '../../openapi/media-types.ts';
import { isNode, type Node } from './node.ts';

/**
 * The payload of an event has a field whose documented values include the name of the event, so that a receiver can
 * distinguish events.
 */
export const NamedEvents: Oas3Rule = () => ({
  Root(root: object, ctx: UserContext) {
    const { webhooks } = root as Node;
    for (const [event, reference] of Object.entries(isNode(webhooks) ? webhooks : {})) {
      const item = resolveReference(reference, ctx.location.source.absoluteRef, ctx);
      const operation =
        item && Object.values(item.node).find((value) => isNode(value) && 'requestBody' in value);
      if (!item || !isNode(operation)) continue;
      const body = resolveReference(operation.requestBody, item.file, ctx);
      const media = isNode(body?.node.content) ? chooseMedia(body.node.content as Content) : undefined;
      if (!body || media?.kind !== 'json') continue;
      const names = documentedValues(media.schema, body.file, ctx);
      if (names.includes(event)) continue;
      ctx.report({
        message: `Name ${event} in its payload: document it as a value of the field that says which event it is, such as eventType.`,
        location: ctx.location.child(['webhooks', event]).key(),
      });
    }
  },
});

/** A node and the file that its references start from. */
interface Place {
  node: Node;
  file: string;
}

function resolveReference(node: unknown, file: string, ctx: UserContext): Place | undefined {
  if (!isNode(node)) return undefined;
  if (typeof node.$ref !== 'string') return { node, file };
  const { node: target, location } = ctx.resolve({ $ref: node.$ref }, file);
  return isNode(target) && location ? { node: target, file: location.source.absoluteRef } : undefined;
}

/** The documented values of all fields of a schema. */
function documentedValues(schema: unknown, from: string, ctx: UserContext): unknown[] {
  const place = resolveReference(schema, from, ctx);
  if (!place) return [];
  const { properties, allOf } = place.node;
  const fields = Object.values(isNode(properties) ? properties : {}).flatMap((property) => {
    const {
      const: only,
      enum: values,
      'x-enumDescriptions': meanings,
    } = resolveReference(property, place.file, ctx)?.node ?? {};
    return [only, ...(Array.isArray(values) ? values : []), ...Object.keys(isNode(meanings) ? meanings : {})];
  });
  const parts = Array.isArray(allOf) ? allOf : [];
  return [...fields, ...parts.flatMap((part) => documentedValues(part, place.file, ctx))];
}
