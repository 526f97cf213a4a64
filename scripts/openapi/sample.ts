import { type Document, type Reference, resolve, type Schema } from './document.ts';

/** A schema with the keywords that say which values it allows. */
type Bounded = Schema & {
  example?: unknown;
  examples?: unknown[];
  default?: unknown;
  minimum?: number;
  exclusiveMinimum?: number | boolean;
  maximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
};

const formats: Record<string, string> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  time: '12:00:00Z',
  duration: 'P1D',
  uuid: '3f2b8c1e-6d4a-4b7e-9c05-8a1d2e3f4b5c',
  email: 'someone@example.com',
  uri: 'https://example.com',
  url: 'https://example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'AAAA',
};

/**
 * A small value that a schema most likely allows: its example, or one with its required fields. Patterns are ignored.
 * Undefined for a schema that contains itself without an end.
 */
export function sampleOf(
  document: Document,
  node: Schema | Reference | undefined,
  within: readonly object[] = [],
): unknown {
  const schema: Bounded = node ? resolve<Bounded>(document, node) : {};
  if (typeof schema !== 'object' || within.includes(schema)) return undefined;
  const { type, allOf, oneOf, anyOf, items, properties = {}, required = [], minItems = 0 } = schema;
  const stated = [schema.example, schema.examples?.[0], schema.default, schema.const, schema.enum?.[0]];
  const known = stated.find((each) => each !== undefined);
  if (known !== undefined) return known;
  const inner = (each: Schema | Reference | undefined) => sampleOf(document, each, [...within, schema]);
  const [alternative] = oneOf ?? anyOf ?? [];
  const kind = [type ?? (Object.keys(properties).length > 0 || allOf ? 'object' : [])].flat()[0];
  if (kind === 'object' || (kind === undefined && required.length > 0)) {
    const own = required.filter((name) => !Object(resolve(document, properties[name] ?? {})).readOnly);
    const fields = own.map((name) => [name, inner(properties[name])]);
    const parts = [...(allOf ?? []), ...(alternative ? [alternative] : [])].map(inner);
    const [scalar] = parts.filter((part) => typeof part !== 'object');
    if (scalar !== undefined && fields.length === 0) return scalar;
    return Object.assign({}, ...parts, Object.fromEntries(fields));
  }
  if (alternative) return inner(alternative);
  if (kind === 'array') return Array.from({ length: minItems }, () => inner(items));
  if (kind === 'boolean') return true;
  if (kind === 'null') return null;
  return kind === 'integer' || kind === 'number' ? sampleNumber(schema) : sampleText(schema);
}

function sampleNumber({ minimum, exclusiveMinimum, maximum, multipleOf = 1 }: Bounded): number {
  const least = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + multipleOf : minimum;
  const start = least ?? Math.min(multipleOf, maximum ?? multipleOf);
  return Math.ceil(start / multipleOf) * multipleOf;
}

function sampleText({ format = '', minLength = 0, maxLength }: Bounded): string {
  const text = formats[format] ?? 'text';
  return text.padEnd(minLength, 'x').slice(0, maxLength);
}
