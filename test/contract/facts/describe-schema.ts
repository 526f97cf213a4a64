import { type Json, resolve } from '../contract.ts';

/** How each keyword reads in the notation of the fact tables, which is that of the vendor's pages. */
const BOUNDS: Record<string, (bound: Json) => string> = {
  minimum: (bound) => `at least ${bound}`,
  maximum: (bound) => `at most ${bound}`,
  minLength: (bound) => `at least ${bound} character${bound === 1 ? '' : 's'}`,
  maxLength: (bound) => `at most ${bound} characters`,
  enum: (bound) => `one of ${bound.join(' ')}`,
  default: (bound) => `default ${JSON.stringify(bound)}`,
  deprecated: () => 'deprecated',
  'x-secret': () => 'secret',
};

/** Keywords that the notation has already told, or that state no fact. */
const TOLD = new Set(
  'type format items properties required description examples title x-provenance x-enumDescriptions'.split(
    ' ',
  ),
);

/**
 * The facts of an object's fields, one line each, nested fields with their path:
 * `{ 'createdConnections[].id': 'string<uuid> (example)' }`.
 * A keyword without a wording of its own is shown as it is, so nothing can be added unseen.
 */
export function describeFields(contract: Json, schema: Json): Record<string, string> {
  const facts: Record<string, string> = {};
  describeObject(contract, resolve(contract, schema), '', 'stated', facts);
  return facts;
}

function describeObject(
  contract: Json,
  object: Json,
  path: string,
  parent: string,
  facts: Record<string, string>,
) {
  const certainty = object['x-provenance']?.certainty ?? parent;
  for (const [name, field] of Object.entries<Json>(object.properties ?? {})) {
    // That there is such a field is told by the object that has it; a component tells of itself what is inside.
    const here = field['x-provenance']?.certainty ?? certainty;
    const required = object.required?.includes(name) ? ['required'] : [];
    facts[path + name] = [describeSchema(contract, field), ...required].join(', ') + mark(here);
    describeNested(contract, resolve(contract, field), path + name, here, facts);
  }
}

function describeNested(
  contract: Json,
  schema: Json,
  path: string,
  certainty: string,
  facts: Record<string, string>,
) {
  const items = schema.items && resolve(contract, schema.items);
  if (items) describeNested(contract, items, `${path}[]`, certainty, facts);
  else describeObject(contract, schema, `${path}.`, certainty, facts);
}

function mark(certainty: string): string {
  return certainty === 'stated' ? '' : ` (${certainty})`;
}

/** One schema in a line: `string<uuid> | null`, `integer, at least 60`, `string, documented ACTIVE EXPIRED`. */
export function describeSchema(contract: Json, reference: Json): string {
  const schema = resolve(contract, reference);
  const valuesCertainty = schema['x-provenance']?.certainty ?? 'stated';
  const documented = schema.enum ? undefined : schema['x-enumDescriptions'];
  return [
    describeType(contract, schema),
    ...Object.entries<Json>(schema)
      .filter(([keyword]) => !TOLD.has(keyword))
      .map(([keyword, bound]) => BOUNDS[keyword]?.(bound) ?? `${keyword} ${JSON.stringify(bound)}`),
    ...(documented ? [`documented ${Object.keys(documented).join(' ')}${mark(valuesCertainty)}`] : []),
  ].join(', ');
}

function describeType(contract: Json, schema: Json): string {
  const types: string[] = [schema.type ?? 'anything'].flat();
  return types.map((type) => describeOneType(contract, schema, type)).join(' | ');
}

function describeOneType(contract: Json, schema: Json, type: string): string {
  if (type === 'null') return type;
  if (type !== 'array') return schema.format ? `${type}<${schema.format}>` : type;
  const item = describeSchema(contract, schema.items);
  return item.includes(',') ? `(${item})[]` : `${item}[]`;
}
