import type { Oas3Rule, UserContext } from '@redocly/openapi-core';
import { isNode, type Node } from './node.ts';

interface Extension {
  /** The kinds of node on which it is allowed. */
  on: string[];
  /** How to fix this use of it; undefined if it is correct. */
  complaint(value: unknown, node: Node, ctx: UserContext): string | undefined;
}

/** All `x-` keys of the contract. spec/README.md describes them. */
const EXTENSIONS: Record<string, Extension> = {
  'x-provenance': {
    on: ['Operation', 'Schema', 'Parameter', 'Response', 'RequestBody', 'Header', 'SecurityScheme'],
    complaint: () => undefined,
  },
  'x-env': {
    on: ['SecurityScheme'],
    complaint: (value) =>
      typeof value === 'string' && /^[A-Z][A-Z0-9_]*$/.test(value)
        ? undefined
        : 'Write x-env as the name of an environment variable, such as PARCELS_API_KEY.',
  },
  'x-secret': {
    on: ['Schema'],
    complaint: (value) => (value === true ? undefined : 'Write x-secret: true, or leave it out.'),
  },
  'x-idempotent': {
    on: ['Operation'],
    complaint: (value, _node, { key }) => {
      if (value !== true) return 'Write x-idempotent: true, or leave it out.';
      return key === 'get' ? 'Remove x-idempotent: a GET can always be retried.' : undefined;
    },
  },
  'x-pagination': {
    on: ['Operation'],
    complaint: (value) => {
      const { page, offset, cursor, link, items, next, lastItem, hasNext, total, ...rest } = isNode(value)
        ? value
        : {};
      const ways = [page, offset, cursor, link].filter((each) => each !== undefined);
      const given = [...ways, items, next, lastItem, hasNext, total].filter((each) => each !== undefined);
      const sound = given.every((each) => typeof each === 'string') && Object.keys(rest).length === 0;
      return sound && ways.length === 1 && (cursor === undefined || (next ?? lastItem) !== undefined)
        ? undefined
        : 'Write x-pagination with one of page, offset, cursor and link, and the fields that go with it: see "Lists" in spec/README.md.';
    },
  },
  'x-enumDescriptions': {
    on: ['Schema'],
    complaint: (value, { enum: values }) => {
      if (!Array.isArray(values)) return undefined;
      const described = Object.keys(isNode(value) ? value : {});
      return described.length === values.length && values.every((entry) => described.includes(String(entry)))
        ? undefined
        : 'Describe in x-enumDescriptions each value of the enum, and no other.';
    },
  },
};

export const Extensions: Oas3Rule = () => ({
  any(node: unknown, ctx: UserContext) {
    if (!isNode(node)) return;
    for (const key of Object.keys(node)) {
      if (key.startsWith('x-')) check(key, node, ctx);
    }
  },
});

function check(key: string, node: Node, ctx: UserContext): void {
  const extension = EXTENSIONS[key];
  const place = ctx.location.child(key);
  if (!extension) {
    ctx.report({
      message: `Use one of ${Object.keys(EXTENSIONS).join(', ')}; a new key is described in spec/README.md first.`,
      location: place.key(),
    });
  } else if (!extension.on.includes(ctx.type.name)) {
    ctx.report({
      message: `Move ${key} to where it belongs: it is allowed on ${extension.on.join(' or ')}, not on ${ctx.type.name}.`,
      location: place.key(),
    });
  } else {
    const complaint = extension.complaint(node[key], node, ctx);
    if (complaint) ctx.report({ message: complaint, location: place });
  }
}
