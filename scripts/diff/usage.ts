import { type Document, resolve } from '../openapi/document.ts';
import { operationsOf, webhooksOf } from '../openapi/operations.ts';
import type { Affected } from './change.ts';
import { nameOf } from './meaning.ts';

/** Where a component is used. */
export interface Usage {
  /** Whom a change of it can affect: those who send it, those who receive it, or both. */
  affects: Affected;
  /** The operations and events that use it, by name. */
  places: Set<string>;
}

/** The usage of each component, by its pointer. */
export function findUsage(document: Document): Map<string, Usage> {
  const found = new Map<string, Usage>();
  const add = (nodes: unknown, affects: Affected, place: string) => {
    for (const pointer of collectReferences(document, nodes)) {
      const usage = found.get(pointer) ?? { affects, places: new Set() };
      found.set(pointer, usage);
      if (usage.affects !== affects) usage.affects = 'both';
      usage.places.add(place);
    }
  };
  for (const operation of operationsOf(document)) {
    const { item, object } = operation;
    add([item.parameters, object.parameters, object.requestBody], 'callers', nameOf(operation));
    add([object.responses, (object as { callbacks?: unknown }).callbacks], 'readers', nameOf(operation));
  }
  for (const event of webhooksOf(document)) add([event.item], 'readers', nameOf(event, true));
  return found;
}

/** Collects the references below a node, directly or not. */
function collectReferences(document: Document, node: unknown, visited = new Set<string>()): Set<string> {
  if (typeof node !== 'object' || node === null) return visited;
  const { $ref } = node as { $ref?: unknown };
  if (typeof $ref === 'string' && !visited.has($ref)) {
    visited.add($ref);
    collectReferences(document, resolve(document, { $ref }), visited);
  }
  for (const child of Object.values(node)) collectReferences(document, child, visited);
  return visited;
}
