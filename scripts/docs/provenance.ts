import { resolve } from './resolve.ts';

/** How sure a part of the contract is: see spec/README.md. */
interface Provenance {
  certainty: 'stated' | 'example' | 'inferred';
  source: string;
  reason?: string;
}

interface Node {
  'x-provenance'?: Provenance;
  description?: string;
  schema?: Node;
  items?: Node;
  content?: Record<string, Node>;
}

/**
 * A copy of the document in which the description of each part that the vendor does not state ends with a sentence
 * that says so. What is stated stays as it is: readers need to see the exceptions only.
 */
export function showProvenance<Document extends object>(document: Document): Document {
  const copy = structuredClone(document);
  visit(copy, copy);
  return copy;
}

function visit(value: unknown, document: object): void {
  if (typeof value !== 'object' || value === null) return;
  for (const child of Object.values(value)) visit(child, document);
  const node = value as Node;
  const parts = [node, ...hiddenParts(node).map((part) => resolve(part, document))];
  const remarks = new Set(parts.map((part) => remarkOn(part, document)).filter((text) => text !== ''));
  if (remarks.size > 0) node.description = [node.description, ...remarks].filter(Boolean).join('\n\n');
}

/** The schemas within a node whose own description Redoc does not show. */
function hiddenParts({ schema, items, content = {} }: Node): Node[] {
  const bodies = Object.values(content).map((mediaType) => mediaType.schema);
  return [schema, items, ...bodies].filter((part) => part !== undefined);
}

function remarkOn({ 'x-provenance': provenance }: Node, document: object): string {
  if (provenance === undefined || provenance.certainty === 'stated') return '';
  const { certainty, source, reason } = provenance;
  const label = certainty === 'inferred' ? 'Inferred' : 'Seen only in an example';
  const { externalDocs } = document as { externalDocs?: { url?: string } };
  const address = source.startsWith('/') ? `${externalDocs?.url ?? ''}${source}` : source;
  return `*${label}${reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`} ([source](${address})).*`;
}
