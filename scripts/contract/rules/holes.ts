import type { Oas3Rule, UserContext } from '@redocly/openapi-core';
import { isNode } from './node.ts';

/** What `npm run new` has left to be filled in. */
export const NoHoles: Oas3Rule = () => ({
  any(node: unknown, ctx: UserContext) {
    reportHoles(node, [], ctx);
  },
});

/** Data and extensions are no nodes of their own, so they are gone through here; where both see a hole, it is one. */
function reportHoles(node: unknown, path: string[], ctx: UserContext): void {
  const entries = Array.isArray(node) ? [...node.entries()] : Object.entries(isNode(node) ? node : {});
  for (const [key, value] of entries) {
    const place = [...path, String(key)];
    if (typeof value !== 'string') {
      if (isData(place)) reportHoles(value, place, ctx);
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
