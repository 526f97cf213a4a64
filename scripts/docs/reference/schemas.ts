interface Document {
  components?: { schemas?: Record<string, unknown> };
  tags?: { name: string; description: string }[];
}

/** The heading of the schemas in the navigation. */
export const schemasTag = 'Schemas';

/** A copy of the document with schemas in alphabetical order, under their own heading. */
export function orderSchemas<Kind extends object>(document: Kind): Kind {
  const copy: Kind & Document = structuredClone(document);
  const schemas = Object.entries(copy.components?.schemas ?? {}).sort(([a], [b]) => a.localeCompare(b));
  if (schemas.length === 0) return copy;
  copy.components = { ...copy.components, schemas: Object.fromEntries(schemas) };
  copy.tags = [
    ...(copy.tags ?? []),
    { name: schemasTag, description: 'The types of request and response bodies, by name.' },
  ];
  return copy;
}
