/** How sure a part of the contract is: see spec/README.md. */
interface Provenance {
  certainty: 'stated' | 'example' | 'inferred';
  source: string;
  reason?: string;
}

type Node = Record<string, unknown>;

/**
 * A copy of the document in which the description of each part that the vendor does not state ends with a sentence
 * that says so. What is stated stays as it is: readers need to see the exceptions only.
 */
export function showProvenance<Document extends object>(document: Document): Document {
  const copy = structuredClone(document);
  const { externalDocs } = copy as { externalDocs?: { url?: string } };
  visit(copy, externalDocs?.url ?? '');
  return copy;
}

function visit(value: unknown, base: string): void {
  if (typeof value !== 'object' || value === null) return;
  for (const child of Object.values(value)) visit(child, base);
  const node = value as Node;
  const remark = remarkOn(node, base);
  if (remark === undefined) return;
  const { description } = node;
  node.description = typeof description === 'string' ? `${description}\n\n${remark}` : remark;
}

function remarkOn(node: Node, base: string): string | undefined {
  const provenance = node['x-provenance'] as Provenance | undefined;
  if (provenance === undefined || provenance.certainty === 'stated') return undefined;
  const { certainty, source, reason } = provenance;
  const label = certainty === 'inferred' ? 'Inferred' : 'Seen only in an example';
  const link = `([source](${source.startsWith('/') ? base + source : source}))`;
  return `*${label}${reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`} ${link}.*`;
}
