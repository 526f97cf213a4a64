interface Schema {
  type?: string | string[];
  description?: string;
  example?: unknown;
  examples?: unknown;
  enum?: unknown[];
  'x-enumDescriptions'?: Record<string, string>;
  'x-provenance'?: unknown;
}

/** The text above the values of an open enum. */
export const openValues = 'Known values; others can be added at any time:';

/**
 * A copy of the document with additions for what Redoc does not show: the known values of an open enum, which Redoc
 * would show as closed, and examples, of which Redoc only supports the older keyword. Without the provenance, which the
 * descriptions state.
 */
export function showValues<Document extends object>(document: Document): Document {
  const copy = structuredClone(document);
  visit(copy);
  return copy;
}

function visit(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  for (const child of Object.values(node)) visit(child);
  const schema = node as Schema;
  delete schema['x-provenance'];
  if (Array.isArray(schema.examples) && schema.examples.length > 0) {
    schema.example ??= schema.examples[0];
    delete schema.examples;
  }
  const values = Object.entries(schema['x-enumDescriptions'] ?? {});
  if (values.length === 0 || schema.enum) return;
  const rows = values.map(([value, meaning]) => `| \`${value}\` | ${meaning} |`);
  schema.description = [
    schema.description,
    openValues,
    `| Value | Description |\n|---|---|\n${rows.join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
  delete schema['x-enumDescriptions'];
}
