import { type Document, methods, type PathItem, resolve } from '../generate/client/document.ts';
import type { Affected } from './change.ts';

/** Whom a change of each component can affect: those who send it, those who receive it, or both. */
export function findUsage(document: Document): Map<string, Affected> {
  const sent = new Set<string>();
  const received = new Set<string>();
  for (const item of Object.values(document.paths ?? {})) {
    const { parameters, ...operations } = resolve<PathItem>(document, item);
    follow(document, parameters, sent);
    for (const method of methods) {
      const { requestBody, parameters: own, responses } = operations[method] ?? {};
      follow(document, [requestBody, own], sent);
      follow(document, responses, received);
    }
  }
  follow(document, document.webhooks, received);
  const all = new Set([...sent, ...received]);
  return new Map(
    Array.from(all, (name) => {
      if (sent.has(name) && received.has(name)) return [name, 'both'];
      return [name, sent.has(name) ? 'callers' : 'readers'];
    }),
  );
}

/** Collects the references below a node, directly or not. */
function follow(document: Document, node: unknown, met: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  const { $ref } = node as { $ref?: unknown };
  if (typeof $ref === 'string' && !met.has($ref)) {
    met.add($ref);
    follow(document, resolve(document, { $ref }), met);
  }
  for (const child of Object.values(node)) follow(document, child, met);
}
