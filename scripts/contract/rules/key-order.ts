import type { Oas3Rule, UserContext } from '@redocly/openapi-core';

/** The purpose, its certainty and who may call it, then the input, then the output. */
const ORDER = [
  'operationId',
  'summary',
  'description',
  'tags',
  'deprecated',
  'security',
  'x-',
  'parameters',
  'requestBody',
  'responses',
];

export const KeyOrder: Oas3Rule = () => ({
  Operation(operation: object, ctx: UserContext) {
    const keys = Object.keys(operation).filter((key) => rank(key) >= 0);
    for (const [index, key] of keys.entries()) {
      const previous = keys[index - 1];
      if (previous === undefined || rank(previous) <= rank(key)) continue;
      ctx.report({
        message: `Move "${key}" above "${previous}": every operation has the order ${ORDER.join(', ')}.`,
        location: ctx.location.child(key).key(),
      });
      return;
    }
  },
});

function rank(key: string): number {
  return ORDER.indexOf(key.startsWith('x-') ? 'x-' : key);
}
