import fc from 'fast-check';
import { type Document, type Reference, resolve, type Schema } from '../../scripts/openapi/document.ts';

type Described = Schema & { minLength?: number; minimum?: number; contentMediaType?: string };

const text = fc.oneof(
  fc.constantFrom('a b', 'ä/&=?#+,;|', "it's %41", '0'),
  fc.string({ minLength: 1, maxLength: 6 }),
);

/** Values that fit a schema, more or less: enough to write them into a request, or to read them from a response. */
export function valuesOf(
  document: Document,
  node: Schema | Reference | undefined,
  depth = 0,
): fc.Arbitrary<unknown> {
  const schema = resolve<Described>(document, (node ?? {}) as Described);
  const inner = (each: Schema | Reference | undefined) => valuesOf(document, each, depth + 1);
  // Published schemas are deep, and what is further in is only JSON.
  if (depth > 2) return fc.constant('deep');
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum?.length) return fc.constantFrom(...schema.enum);
  if (schema.format === 'binary' || schema.contentMediaType?.startsWith('application/'))
    return fc.constant(new Blob(['bytes']));
  const [first] = schema.oneOf ?? schema.anyOf ?? [];
  if (first && !schema.type) return inner(first);
  const types = [schema.type ?? (schema.properties || schema.allOf ? 'object' : 'any')].flat();
  return fc.constantFrom(...types).chain((type): fc.Arbitrary<unknown> => {
    if (type === 'null') return fc.constant(null);
    if (type === 'integer') return fc.integer({ min: 0, max: 1000 });
    if (type === 'number') return fc.constantFrom(0, 1.5, 1e21);
    if (type === 'boolean') return fc.boolean();
    if (type === 'array') return fc.array(inner(schema.items), { maxLength: 3 });
    if (type === 'object') return objectsOf(document, schema, depth);
    if (type === 'any') return fc.constantFrom<unknown>({ a: 1 }, 'any', 7);
    return schema.format === 'uuid' ? fc.uuid() : text;
  });
}

function objectsOf(document: Document, schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const parts = [schema, ...(schema.allOf ?? []).map((each) => resolve<Schema>(document, each))];
  const fields = parts.flatMap(({ properties = {} }) => Object.entries(properties));
  const requiredKeys = parts.flatMap(({ required = [] }) => required);
  const values = Object.fromEntries(
    fields.map(([name, each]) => [name, valuesOf(document, each, depth + 1)]),
  );
  return fc.record(values, { requiredKeys: requiredKeys.filter((name) => Object.hasOwn(values, name)) });
}

/** Values that no request can carry, or that would go somewhere else. */
export const hostileValues = fc.constantFrom<unknown>(
  ...[Number.NaN, new Date(0), '', '.', '..', { a: { b: [1] } }, [{ a: 1 }], [[1]], null, undefined, 1n],
  () => 1,
  Symbol('s'),
);
