import type { Oas3Rule, UserContext } from '@redocly/openapi-core';
import { isNode, type Node } from './node.ts';

/** Each field has a description, its own or that of the schema that it refers to. */
export const FieldDescription: Oas3Rule = () => ({
  Schema(schema: object, ctx: UserContext) {
    const { properties } = schema as Node;
    if (!isNode(properties)) return;
    for (const [name, property] of Object.entries(properties)) {
      if (!isNode(property) || isDescribed(property, ctx)) continue;
      ctx.report({
        message: `Describe the field "${name}": say what it holds, in sentences.`,
        location: ctx.location.child(['properties', name]).key(),
      });
    }
  },
});

function isDescribed(property: Node, ctx: UserContext): boolean {
  if (typeof property.description === 'string') return true;
  if (typeof property.$ref !== 'string') return false;
  const target: unknown = ctx.resolve({ $ref: property.$ref }).node;
  // Another rule reports an unresolved reference.
  return target === undefined || (isNode(target) && typeof target.description === 'string');
}

/** Schemas are open: responses can get new fields, and no request is known to refuse unknown ones. */
export const OpenObjects: Oas3Rule = () => ({
  Schema(schema: object, ctx: UserContext) {
    if ((schema as Node).additionalProperties !== false) return;
    ctx.report({
      message: 'Remove additionalProperties: false: the vendor says of no object that it is closed.',
      location: ctx.location.child('additionalProperties').key(),
    });
  },
});
