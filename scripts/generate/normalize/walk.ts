import type { Reference, Schema } from '../client/document.ts';
import { escapePointer } from '../pointer.ts';
import { namedMaps } from './copy.ts';

/** A schema of a document, or a reference to one. */
export type SchemaNode = Schema &
  Partial<Reference> & {
    $defs?: Record<string, SchemaNode>;
    $anchor?: string;
    patternProperties?: Record<string, SchemaNode>;
    unevaluatedProperties?: boolean | SchemaNode;
    prefixItems?: SchemaNode[];
    contentMediaType?: string;
    contentEncoding?: string;
    description?: string;
    discriminator?: Discriminator;
    properties?: Record<string, SchemaNode>;
    additionalProperties?: boolean | SchemaNode;
    items?: SchemaNode;
    propertyNames?: SchemaNode;
    dependentSchemas?: Record<string, SchemaNode>;
    if?: SchemaNode;
    then?: SchemaNode;
    else?: SchemaNode;
    allOf?: SchemaNode[];
    oneOf?: SchemaNode[];
    anyOf?: SchemaNode[];
  };

export interface Discriminator {
  propertyName: string;
  mapping?: Record<string, string>;
}

const single = ['items', 'additionalProperties', 'contains', 'not', 'if', 'then', 'else', 'propertyNames'];
const listed = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const named = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'];

/** A schema and its place: `holder[key]` is the schema. */
export interface Place {
  schema: SchemaNode;
  holder: Record<string, unknown>;
  key: string;
  /** The JSON pointer, with its `#`; a function, because it is rarely needed. */
  pointer: () => string;
}

/** Visits every schema of a document, outer schemas first. Skips examples and extensions. */
export function forEachSchema(document: object, visit: (place: Place) => void): void {
  forEachRootSchema(document, '#', (place) => visitWithin(place, visit));
}

/** Visits a schema and the schemas in it, without resolving references. */
export function forEachWithin(schema: SchemaNode, visit: (schema: SchemaNode) => void): void {
  visitWithin({ schema, holder: { schema }, key: 'schema', pointer: () => '#' }, (place) =>
    visit(place.schema),
  );
}

/** Returns a copy with each schema replaced by `change`, outer schemas first. */
export function mapSchema(schema: SchemaNode, change: (schema: SchemaNode) => SchemaNode): SchemaNode {
  const copy = { ...change(schema) } as Record<string, unknown>;
  const map = (each: unknown) => (isObject(each) ? mapSchema(each, change) : each);
  for (const key of single) if (isObject(copy[key])) copy[key] = map(copy[key]);
  for (const key of listed) if (Array.isArray(copy[key])) copy[key] = copy[key].map(map);
  for (const key of named)
    if (isObject(copy[key]))
      copy[key] = Object.fromEntries(Object.entries(copy[key]).map(([name, each]) => [name, map(each)]));
  return copy as SchemaNode;
}

/** Visits the outermost schemas. */
function forEachRootSchema(node: object, pointer: string, visit: (place: Place) => void): void {
  const holder = node as Record<string, unknown>;
  for (const [key, value] of Object.entries(holder)) {
    if (!isObject(value) || key.startsWith('x-') || key === 'example' || key === 'examples') continue;
    const here = `${pointer}/${escapePointer(key)}`;
    if (key === 'schema') visit({ schema: value, holder, key, pointer: () => here });
    else if (key === 'schemas' && pointer === '#/components') visitEntries(value, () => here, visit);
    else if (namedMaps.has(key))
      for (const [name, each] of Object.entries(value))
        if (isObject(each)) forEachRootSchema(each, `${here}/${escapePointer(name)}`, visit);
        else continue;
    else forEachRootSchema(value, here, visit);
  }
}

function visitWithin(place: Place, visit: (place: Place) => void): void {
  visit(place);
  // The visitor may have replaced the schema.
  const schema = place.holder[place.key];
  if (!isObject(schema)) return;
  const holder = schema as unknown as Record<string, unknown>;
  const next = (each: Place) => visitWithin(each, visit);
  for (const key of single) if (isObject(holder[key])) visitEntry(holder, key, place.pointer, next);
  for (const key of listed) visitEntries(holder[key], () => `${place.pointer()}/${key}`, next);
  for (const key of named) visitEntries(holder[key], () => `${place.pointer()}/${key}`, next);
}

function visitEntries(holder: unknown, pointer: () => string, visit: (place: Place) => void): void {
  if (isObject(holder)) for (const key of Object.keys(holder)) visitEntry(holder, key, pointer, visit);
}

function visitEntry(node: object, key: string, above: () => string, visit: (place: Place) => void): void {
  const holder = node as Record<string, unknown>;
  const schema = holder[key];
  if (isObject(schema)) visit({ schema, holder, key, pointer: () => `${above()}/${escapePointer(key)}` });
}

export function isObject(value: unknown): value is object & SchemaNode {
  return typeof value === 'object' && value !== null;
}

/** The reference to a schema in components, with its name escaped. */
export function schemaReference(name: string): string {
  return `#/components/schemas/${encodeURIComponent(escapePointer(name))}`;
}
