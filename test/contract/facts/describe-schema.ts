import type { Json } from '../contract.ts';

/** How each keyword reads in the notation of the fact tables, which is that of the vendor's pages. */
const WORDINGS: Record<string, (value: Json) => string> = {
  minimum: (bound) => `at least ${bound}`,
  maximum: (bound) => `at most ${bound}`,
  minLength: (bound) => `at least ${bound} character${bound === 1 ? '' : 's'}`,
  maxLength: (bound) => `at most ${bound} characters`,
  enum: (values) => `one of ${values.join(' ')}`,
  default: (value) => `default ${JSON.stringify(value)}`,
  additionalProperties: (open) => (open === true ? 'open' : `additionalProperties ${JSON.stringify(open)}`),
  deprecated: () => 'deprecated',
  'x-secret': () => 'secret',
};

/** Keywords that are told otherwise, or that state no fact of the vendor. */
const TOLD =
  'type format items properties required allOf description examples x-provenance x-enumDescriptions';

/**
 * The facts of a schema, one line each: `is` for the schema itself, and one for each field.
 * A keyword without a wording of its own is shown as it is, so nothing can be added unseen.
 */
export function describeComponent(schema: Json): Record<string, string> {
  const { certainty, source } = schema['x-provenance'];
  return {
    from: `${certainty} ${source}`,
    is: describeSchema(schema),
    ...describeFields(schema, certainty),
  };
}

function describeFields(schema: Json, parent: string): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const part of schema.allOf ?? []) {
    if (!part.$ref) Object.assign(facts, describeFields(part, parent));
  }
  for (const [name, field] of Object.entries<Json>(schema.properties ?? {})) {
    const certainty = field['x-provenance']?.certainty ?? parent;
    const required = schema.required?.includes(name) ? ['required'] : [];
    // A field is as sure as its object, unless it says otherwise; the mark stands where they differ.
    const mark = certainty === parent ? '' : ` (${certainty})`;
    facts[name] = [describeSchema(field), ...required].join(', ') + mark;
  }
  return facts;
}

/** One schema in a line: `string<uuid> | null`, `integer, at least 60`, `Connection[]`. */
export function describeSchema(schema: Json): string {
  if (schema.$ref) return componentName(schema);
  const documented = schema.enum ? undefined : schema['x-enumDescriptions'];
  return [
    schema.allOf ? schema.allOf.map(describeSchema).join(' & ') : describeTypes(schema),
    ...Object.entries<Json>(schema)
      .filter(([keyword]) => !TOLD.split(' ').includes(keyword))
      .map(([keyword, value]) => WORDINGS[keyword]?.(value) ?? `${keyword} ${JSON.stringify(value)}`),
    ...(documented ? [`documented ${Object.keys(documented).join(' ')}`] : []),
  ].join(', ');
}

export function componentName({ $ref }: Json): string {
  return $ref.slice($ref.lastIndexOf('/') + 1);
}

function describeTypes(schema: Json): string {
  const types: string[] = [schema.type ?? 'anything'].flat();
  return types.map((type) => describeType(schema, type)).join(' | ');
}

function describeType(schema: Json, type: string): string {
  if (type === 'array') {
    const item = describeSchema(schema.items);
    return item.includes(',') ? `(${item})[]` : `${item}[]`;
  }
  return schema.format && type !== 'null' ? `${type}<${schema.format}>` : type;
}
