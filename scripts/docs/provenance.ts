import { type Document, resolve } from '../openapi/document.ts';

/** The certainty of a part of the contract: see spec/README.md. */
interface Provenance {
  certainty: 'stated' | 'example' | 'inferred';
  /** One source or several. */
  source: string | string[];
  reason?: string;
}

interface Node {
  operationId?: string;
  'x-provenance'?: Provenance;
  description?: string;
  schema?: Node;
  items?: Node;
  content?: Record<string, Node>;
}

/**
 * A copy of the document in which the description of each operation, and of each part that the vendor does not state,
 * ends with its certainty. Other stated parts are unchanged, as readers only need to see the exceptions.
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
  const parts = [node, ...hiddenParts(node).map((part) => resolve(document as Document, part))];
  const remarks = new Set(parts.map((part) => remarkOn(part, document)).filter((text) => text !== ''));
  if (remarks.size > 0) node.description = [node.description, ...remarks].filter(Boolean).join('\n\n');
}

/** The schemas in a node whose description Redoc does not show. An example can have anything under these keys. */
function hiddenParts({ schema, items, content }: Node): Node[] {
  const bodies = Object.values(Object(content)).map((mediaType) => Object(mediaType).schema);
  return [schema, items, ...bodies].filter((part) => typeof part === 'object' && part !== null);
}

const labels = { stated: 'Stated by the vendor', example: 'Seen only in an example', inferred: 'Inferred' };

function remarkOn({ 'x-provenance': provenance, operationId }: Node, document: object): string {
  if (provenance === undefined || (provenance.certainty === 'stated' && !operationId)) return '';
  const { certainty, source, reason } = provenance;
  const { externalDocs } = document as { externalDocs?: { url?: string } };
  const sources = [source].flat();
  const links = sources.map((each, index) => {
    const address = each.startsWith('/') ? `${externalDocs?.url ?? ''}${each}` : each;
    return `[source${sources.length > 1 ? ` ${index + 1}` : ''}](${address})`;
  });
  return `*${labels[certainty]}${reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`} (${links.join(', ')}).*`;
}
