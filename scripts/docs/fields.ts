/** The parts of a schema that the Markdown and the search show. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  nullable?: boolean;
  format?: string;
  description?: string;
  deprecated?: boolean;
  readOnly?: boolean;
  writeOnly?: boolean;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  const?: unknown;
  enum?: unknown[];
  'x-enumDescriptions'?: Record<string, string>;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  minimum?: number;
  maximum?: number;
  /** In OpenAPI 3.0, whether the minimum itself is excluded. */
  exclusiveMinimum?: number | boolean;
  exclusiveMaximum?: number | boolean;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minProperties?: number;
  maxProperties?: number;
  pattern?: string;
  default?: unknown;
}

export interface Field {
  /** With the names of the objects that it is in: `owner.email`, `lines[].sku`. */
  name: string;
  schema: Schema;
  required: boolean;
}

/**
 * The fields of a schema, of its parts, and of the objects in it, in their order. Does not resolve references: what they
 * lead to is described under its own name.
 */
export function fieldsOf(schema: Schema, prefix = ''): Field[] {
  const { properties = {}, patternProperties = {}, additionalProperties, items, required = [] } = schema;
  const named = (name: string, field: Schema, isRequired = false): Field[] => [
    { name: prefix + name, schema: field, required: isRequired },
    ...fieldsOf(field, `${prefix}${name}.`),
  ];
  return [
    ...Object.entries(properties).flatMap(([name, field]) => named(name, field, required.includes(name))),
    ...Object.entries(patternProperties).flatMap(([pattern, field]) => named(`/${pattern}/`, field)),
    ...(typeof additionalProperties === 'object' ? fieldsOf(additionalProperties, `${prefix}*.`) : []),
    ...(items ? fieldsOf(items, `${prefix.replace(/\.$/, '')}[].`) : []),
    ...partsOf(schema).flatMap((part) => fieldsOf(part, prefix)),
  ];
}

function partsOf({ allOf = [], oneOf = [], anyOf = [] }: Schema): Schema[] {
  return [...allOf, ...[...oneOf, ...anyOf].map(({ required: _, ...alternative }) => alternative)];
}
