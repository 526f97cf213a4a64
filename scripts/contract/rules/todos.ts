import type { Oas3Rule, UserContext } from '@redocly/openapi-core';
import { isNode } from './node.ts';

/** Finds the TODOs that `npm run new` has written. */
export const NoTodo: Oas3Rule = () => ({
  any(node: unknown, ctx: UserContext) {
    reportTodos(node, [], ctx);
  },
});

/** Data and extensions are not visited as nodes, so they are searched here. A TODO that both find is reported once. */
function reportTodos(node: unknown, path: string[], ctx: UserContext): void {
  const entries = Array.isArray(node) ? [...node.entries()] : Object.entries(isNode(node) ? node : {});
  for (const [key, value] of entries) {
    const place = [...path, String(key)];
    if (typeof value !== 'string') {
      if (isData(place)) reportTodos(value, place, ctx);
    } else if (/\bTODO\b/.test(value)) {
      ctx.report({
        message: 'Replace the TODO with what the page of the vendor states.',
        location: ctx.location.child(place),
      });
    }
  }
}

function isData([key = '']: string[]): boolean {
  return key.startsWith('x-') || ['value', 'examples', 'tags'].includes(key);
}
