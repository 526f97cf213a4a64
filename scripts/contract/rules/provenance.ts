import type { Oas3Rule, UserContext } from '@redocly/openapi-core';
import { nearest } from '../../cli/nearest.ts';
import { isNode } from './node.ts';

const KEY = 'x-provenance';
const CERTAINTIES = ['stated', 'example', 'inferred'];
const KNOWN_KEYS = ['certainty', 'source', 'reason'];

/** The kinds of component that state facts about the API. Examples are our own, so they need no source. */
const COMPONENTS: Record<string, string> = {
  Schema: 'schema',
  Parameter: 'parameter',
  Response: 'response',
  RequestBody: 'request body',
  Header: 'header',
  SecurityScheme: 'security scheme',
};

export const Provenance: Oas3Rule = () => ({
  any(node: unknown, ctx: UserContext) {
    if (!isNode(node)) return;
    if (KEY in node) {
      checkShape(node[KEY], ctx);
      return;
    }
    const subject = subjectThatNeedsIt(ctx);
    if (subject) {
      ctx.report({
        message: `State the certainty of this ${subject}: add ${KEY} with certainty and source, and a reason if it is inferred.`,
        location: ctx.location.key(),
      });
    }
  },
  // A field with a $ref has its provenance next to the $ref, which the visitor above does not see.
  ref(node: unknown, ctx: UserContext) {
    if (isNode(node) && KEY in node) checkShape(node[KEY], ctx);
  },
});

/** The name in the message for a node that needs its own provenance; other nodes inherit it. */
function subjectThatNeedsIt({ type, location, rawNode }: UserContext): string | undefined {
  if (type.name === 'Operation') return 'operation';
  const component = COMPONENTS[type.name];
  if (component && isComponent(location.pointer)) return component;
  // A page often shows a body without its status code, so a response does not inherit from the operation.
  if (type.name === 'Response' && !(isNode(rawNode) && '$ref' in rawNode)) return 'status code';
  return undefined;
}

/** A whole file that others refer to, or an entry of the components section. */
function isComponent(pointer: string): boolean {
  return pointer === '#/' || /^#\/components\/[^/]+\/[^/]+$/.test(pointer);
}

function checkShape(value: unknown, ctx: UserContext): void {
  const place = ctx.location.child(KEY);
  if (!isNode(value)) {
    ctx.report({ message: `Write ${KEY} as a map with certainty, source and reason.`, location: place });
    return;
  }
  const unknown = Object.keys(value).filter((key) => !KNOWN_KEYS.includes(key));
  const [first] = unknown;
  if (first !== undefined) {
    const meant = nearest(first, KNOWN_KEYS);
    ctx.report({
      message: `Remove ${unknown.map((key) => `"${key}"`).join(', ')} from ${KEY}: it knows certainty, source and reason only.`,
      location: place.child(first).key(),
      suggest: meant === undefined ? [] : [meant],
    });
    // It can be the reason why the provenance is missing.
    return;
  }
  const { certainty, source, reason } = value;
  if (typeof certainty !== 'string' || !CERTAINTIES.includes(certainty)) {
    ctx.report({
      message: `Set the certainty to stated, example or inferred${certainty === undefined ? '' : `, not to "${certainty}"`}.`,
      location: 'certainty' in value ? place.child('certainty') : place.key(),
    });
  }
  if (!areSources(source)) {
    ctx.report({
      message:
        'Name the source: the path of a page of the vendor, such as /cookbooks/pagination, or a whole https address. Several are a list.',
      location: 'source' in value ? place.child('source') : place.key(),
    });
  }
  if (certainty === 'inferred' && !isSentence(reason)) {
    ctx.report({
      message: 'Give the reason for what is inferred, in sentences that end with a full stop.',
      location: 'reason' in value ? place.child('reason') : place.key(),
    });
  }
  if (certainty === 'stated' && reason !== undefined) {
    ctx.report({
      message: 'Remove the reason, as what is stated needs none; if it is a conclusion, call it inferred.',
      location: place.child('reason').key(),
    });
  }
}

function areSources(source: unknown): boolean {
  const all: unknown[] = Array.isArray(source) ? source : [source];
  return (
    all.length > 0 && all.every((each) => typeof each === 'string' && /^(?:\/|https:\/\/)\S+$/.test(each))
  );
}

function isSentence(text: unknown): boolean {
  return typeof text === 'string' && text.trim().endsWith('.');
}
