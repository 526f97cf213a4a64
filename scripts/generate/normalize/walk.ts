import type { Reference, Schema } from '../../openapi/document.ts';
import { escapePointer } from '../../openapi/pointer.ts';
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

/** A part of a document: `holder[key]` is the value of a keyword, or has a name below one, such as `responses`. */
export interface Part {
  keyword: string;
  value: object;
  holder: Record<string, unknown>;
  key: string;
}

/** The parts of a node, without examples and extensions. A name is never taken for a keyword. */
export function partsOf(node: object): Part[] {
  const within = (map: object, wrap: (key: string) => string): Part[] =>
    Object.entries(map).flatMap(([key, value]) =>
      isObject(value) ? [{ keyword: wrap(key), value, holder: map as Part['holder'], key }] : [],
    );
  return within(node, (key) => key).flatMap((part) => {
    if (/^(x-.*|examples?)$/.test(part.keyword)) return [];
    const isReference = '$ref' in part.value && typeof part.value.$ref === 'string';
    const named = namedMaps.has(part.keyword) && !Array.isArray(part.value) && !isReference;
    return named ? within(part.value, () => part.keyword) : [part];
  });
}

/** Visits the outermost schemas. */
function forEachRootSchema(node: object, pointer: string, visit: (place: Place) => void): void {
  for (const { keyword, value, holder, key } of partsOf(node)) {
    const above = holder === node ? pointer : `${pointer}/${keyword}`;
    const here = `${above}/${escapePointer(key)}`;
    if (keyword === 'schema' || (keyword === 'schemas' && pointer === '#/components'))
      visit({ schema: value, holder, key, pointer: () => here });
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
