import { type Document, resolve } from '../openapi/document.ts';
import { operationsOf } from '../openapi/operations.ts';
import type { Affected } from './change.ts';

/** Whom a change of each component can affect: those who send it, those who receive it, or both. */
export function findUsage(document: Document): Map<string, Affected> {
  const sent = new Set<string>();
  const received = new Set<string>();
  for (const { item, object } of operationsOf(document)) {
    collectReferences(document, [item.parameters, object.parameters, object.requestBody], sent);
    collectReferences(document, object.responses, received);
  }
  collectReferences(document, document.webhooks, received);
  const all = new Set([...sent, ...received]);
  return new Map(
    Array.from(all, (name) => {
      if (sent.has(name) && received.has(name)) return [name, 'both'];
      return [name, sent.has(name) ? 'callers' : 'readers'];
    }),
  );
}

/** Collects the references below a node, directly or not. */
function collectReferences(document: Document, node: unknown, visited: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  const { $ref } = node as { $ref?: unknown };
  if (typeof $ref === 'string' && !visited.has($ref)) {
    visited.add($ref);
    collectReferences(document, resolve(document, { $ref }), visited);
  }
  for (const child of Object.values(node)) collectReferences(document, child, visited);
}
