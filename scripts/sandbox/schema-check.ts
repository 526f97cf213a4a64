/** A problem of a value, and its path. The messages are those of the framework behind the API. */
export interface Problem {
  path: string[];
  message: string;
}

/** Returns the first problem of a value. */
export type SchemaCheck = (value: unknown, path?: string[]) => Problem | undefined;

/** Compiles a keyword of JSON Schema, from its value and its schema. */
type Keyword = (value: never, schema: Record<string, unknown>) => SchemaCheck;

/**
 * Compiles a schema of the contract. Supports the keywords that requests use and refuses all others, so that no rule is
 * silently ignored.
 *
 * @throws {Error} that names an unknown keyword or format
 */
export function compile(schema: unknown): SchemaCheck {
  if (typeof schema !== 'object' || schema === null)
    return schema === false ? check(() => false, 'This field is not allowed.') : () => undefined;
  const checks = Object.entries(schema).map(([keyword, value]) => {
    const known = Object.hasOwn(keywords, keyword) && keywords[keyword];
    if (!known)
      throw new Error(`The sandbox cannot check "${keyword}" in a schema: add it to schema-check.ts.`);
    return known(value as never, schema as Record<string, unknown>);
  });
  return (value, path = []) => first(checks, (each) => each(value, path));
}

const keywords: Record<string, Keyword> = {
  type: (types: string | string[]) => {
    const all = [types].flat();
    return check((value) => all.some((type) => isOfType(value, type)), `Not a valid ${all.join(' or ')}.`);
  },
  enum: (values: unknown[]) =>
    check((value) => values.includes(value), `Not a valid choice. Take one of ${values.join(', ')}.`),
  const: (only: unknown) => check((value) => value === only, `This must be ${JSON.stringify(only)}.`),
  format: (name: string) => {
    const format = Object.hasOwn(formats, name) && formats[name];
    if (!format) throw new Error(`The sandbox cannot check the format "${name}": add it to schema-check.ts.`);
    return check((value) => typeof value !== 'string' || format.pattern.test(value), format.message);
  },
  pattern: (pattern: string) => {
    const expression = new RegExp(pattern, 'u');
    return check(
      (value) => typeof value !== 'string' || expression.test(value),
      `This must match ${pattern}.`,
    );
  },
  minimum: (least: number) =>
    check(
      (value) => typeof value !== 'number' || value >= least,
      `Ensure this value is greater than or equal to ${least}.`,
    ),
  maximum: (most: number) =>
    check(
      (value) => typeof value !== 'number' || value <= most,
      `Ensure this value is less than or equal to ${most}.`,
    ),
  minLength: (least: number) =>
    check(
      (value) => typeof value !== 'string' || [...value].length >= least,
      `Ensure this field has at least ${least} characters.`,
    ),
  maxLength: (most: number) =>
    check(
      (value) => typeof value !== 'string' || [...value].length <= most,
      `Ensure this field has no more than ${most} characters.`,
    ),
  minItems: (least: number) =>
    check((value) => !Array.isArray(value) || value.length >= least, `Ensure there are at least ${least}.`),
  maxItems: (most: number) =>
    check((value) => !Array.isArray(value) || value.length <= most, `Ensure there are no more than ${most}.`),
  required:
    (names: string[]) =>
    (value, path = []) => {
      const missing = isOfType(value, 'object') && names.find((name) => !Object.hasOwn(Object(value), name));
      return missing ? { path: [...path, missing], message: 'This field is required.' } : undefined;
    },
  properties: (schemas: Record<string, unknown>) => {
    const checks = Object.entries(schemas).map(([name, schema]) => [name, compile(schema)] as const);
    return (value, path = []) =>
      isOfType(value, 'object')
        ? first(checks, ([name, each]) => {
            const field = Object.hasOwn(Object(value), name) ? Object(value)[name] : undefined;
            return field === undefined ? undefined : each(field, [...path, name]);
          })
        : undefined;
  },
  additionalProperties: (schema: unknown, { properties = {} }) => {
    const others = compile(schema);
    return (value, path = []) =>
      isOfType(value, 'object')
        ? first(Object.entries(Object(value)), ([name, field]) =>
            Object.hasOwn(Object(properties), name) ? undefined : others(field, [...path, name]),
          )
        : undefined;
  },
  items: (schema: unknown) => {
    const each = compile(schema);
    return (value, path = []) =>
      Array.isArray(value)
        ? first([...value.entries()], ([index, item]) => each(item, [...path, String(index)]))
        : undefined;
  },
  allOf: (schemas: unknown[]) => {
    const checks = schemas.map(compile);
    return (value, path) => first(checks, (each) => each(value, path));
  },
};

/** The patterns of ajv-formats, so that the in-process sandbox and Prism agree. */
const formats: Record<string, { pattern: RegExp; message: string }> = {
  uuid: {
    pattern: /^(?:urn:uuid:)?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i,
    message: 'Must be a valid UUID.',
  },
  email: {
    pattern:
      /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i,
    message: 'Enter a valid email address.',
  },
  date: {
    pattern:
      /^(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$/,
    message: 'Date has wrong format. Use YYYY-MM-DD.',
  },
};

function isOfType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function check(isRight: (value: unknown) => boolean, message: string): SchemaCheck {
  return (value, path = []) => (isRight(value) ? undefined : { path, message });
}

function first<Item>(items: readonly Item[], find: (item: Item) => Problem | undefined): Problem | undefined {
  for (const item of items) {
    const problem = find(item);
    if (problem) return problem;
  }
  return undefined;
}
