interface Schema {
  type?: string | string[];
  description?: string;
  example?: unknown;
  examples?: unknown;
  enum?: unknown[];
  'x-enumDescriptions'?: Record<string, string>;
}

/** Above a list of values that is not closed. */
export const openValues = 'Known values; others can be added at any time:';

/**
 * A copy of the document whose schemas say in their descriptions what Redoc does not: which values are known where
 * others can come, which Redoc would call an enum, and an example, of which Redoc knows the older keyword alone.
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
