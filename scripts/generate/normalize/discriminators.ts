import { type Document, resolve, schemaName } from '../../openapi/document.ts';
import { escapePointer } from '../../openapi/pointer.ts';
import { findProperty } from './required.ts';
import { type Discriminator, forEachSchema, isObject, type SchemaNode } from './walk.ts';

/** For each schema in components, the values of each discriminator property. */
type Values = Map<string, Map<string, Set<string>>>;

/**
 * Adds the values of a discriminator to its members: each gets a property with the values that select it. A parent
 * schema also gets those of its children. An existing `enum` or `const` of the property is narrowed at most, never
 * replaced; only that of a parent gets what its children have instead, as they are allOf of it.
 *
 * openapi-typescript does this for some members only, replaces their own values, and makes others `never`: its issues
 * 1690, 1700, 2149 and 2775.
 */
export function implyDiscriminatorValues(document: Document): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, SchemaNode>;
  const children = findChildren(schemas);
  const values: Values = new Map();
  forEachSchema(document, ({ schema, pointer }) => {
    const { discriminator } = schema;
    if (typeof discriminator?.propertyName !== 'string') return;
    const alternatives = [schema.oneOf, schema.anyOf].flat().flatMap((each) => schemaName(each) ?? []);
    const descendants = descendantsOf(children, pointer());
    const property = discriminator.propertyName;
    for (const name of new Set([...alternatives, ...descendants])) {
      const own = ownField(document, schemas[name], property);
      for (const value of (own && valuesOf(own)) ?? valuesFor(schemas, discriminator, name))
        add(values, name, property, value);
    }
    for (const name of descendants) {
      const own = ownField(document, schemas[name], property);
      if (!own) continue;
      const parents = descendants.filter((each) => descendantsOf(children, pointerTo(each)).includes(name));
      for (const parent of [schema, ...parents.map((each) => schemas[each])])
        widen(ownField(document, parent, property), valuesOf(own) ?? []);
    }
  });
  for (const [name, properties] of [...values])
    for (const child of descendantsOf(children, pointerTo(name)))
      for (const property of properties.keys())
        for (const value of values.get(child)?.get(property) ?? []) add(values, name, property, value);
  for (const [name, properties] of values)
    for (const [property, all] of properties) imply(document, schemas[name], property, [...all]);
  // openapi-typescript would remove the property from an allOf member that still has a discriminator.
  forEachSchema(document, ({ schema }) => {
    delete schema.discriminator;
  });
}

/** The schemas that are an allOf of another one, by the pointer of that one. */
function findChildren(schemas: Record<string, SchemaNode>): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const [name, { allOf }] of Object.entries(schemas)) {
    for (const part of Array.isArray(allOf) ? allOf : []) {
      const parent = schemaName(part)?.replace(/^#\/components\/schemas\/(.*)\/own$/, '$1');
      if (parent === undefined) continue;
      children.set(pointerTo(parent), [...(children.get(pointerTo(parent)) ?? []), name]);
    }
  }
  return children;
}

function pointerTo(name: string): string {
  return `#/components/schemas/${escapePointer(name)}`;
}

/** Without a mapping, the value is the name of the schema. With one, a schema that is not in it has no value. */
function valuesFor(schemas: Record<string, SchemaNode>, { mapping }: Discriminator, name: string): string[] {
  if (!isObject(mapping) || Object.keys(mapping).length === 0) return name.startsWith('#/') ? [] : [name];
  const entries = Object.entries(mapping as Record<string, unknown>);
  return entries.filter(([, target]) => targetOf(schemas, String(target)) === name).map(([value]) => value);
}

/** A mapping names a schema by a reference or by its bare name. */
function targetOf(schemas: Record<string, SchemaNode>, target: string): string | undefined {
  if (Object.hasOwn(schemas, target)) return target;
  const name = schemaName({ $ref: target }) ?? target.replace(/^.*\//, '').replace(/\.\w+$/, '');
  return Object.hasOwn(schemas, name) ? name : undefined;
}

/** The schemas that inherit from the one at a pointer, directly or not. */
function descendantsOf(children: Map<string, string[]>, pointer: string): string[] {
  const all = new Set(children.get(pointer));
  for (const name of all) for (const child of children.get(pointerTo(name)) ?? []) all.add(child);
  return [...all];
}

function add(values: Values, name: string, property: string, value: string): void {
  const properties = values.get(name) ?? new Map<string, Set<string>>();
  properties.set(property, (properties.get(property) ?? new Set()).add(value));
  values.set(name, properties);
}

/** The definition of a property in a schema itself, and not in another one that it is an allOf of. */
function ownField(
  document: Document,
  schema: SchemaNode | undefined,
  property: string,
): SchemaNode | undefined {
  const parts = [schema, ...(Array.isArray(schema?.allOf) ? schema.allOf : [])];
  const found = parts.find((part) => part?.properties && Object.hasOwn(part.properties, property));
  return found && resolve<SchemaNode>(document, found.properties?.[property] ?? {});
}

function valuesOf({ enum: values, const: value }: SchemaNode): string[] | undefined {
  return values?.map(String) ?? (value === undefined ? undefined : [String(value)]);
}

/** Allows further values where a list restricts them. */
function widen(field: SchemaNode | undefined, values: string[]): void {
  const known = field && valuesOf(field);
  if (!known) return;
  const all = [...new Set([...known, ...values])];
  if (all.length === known.length) return;
  delete field.const;
  field.enum = all;
}

function imply(document: Document, schema: SchemaNode | undefined, property: string, values: string[]): void {
  if (!schema || schema.$ref !== undefined || schema.oneOf || schema.anyOf) return;
  if (!schema.allOf && !schema.properties && schema.type !== 'object') return;
  const own = ownField(document, schema, property);
  if (schema.allOf && own && valuesOf(own)) return;
  const found = findProperty(document, schema, property);
  const known: SchemaNode = found ? resolve<SchemaNode>(document, found.schema) : {};
  const fitting = Array.isArray(known.enum) ? values.filter((value) => known.enum?.includes(value)) : values;
  const isText = known.type === undefined || known.type === 'string';
  if (
    fitting.length === 0 ||
    'const' in known ||
    !isText ||
    known.nullable ||
    known.allOf ||
    known.oneOf ||
    known.anyOf
  )
    return;
  const implied = {
    ...(known.description && { description: known.description }),
    type: 'string',
    enum: fitting,
  };
  if (schema.allOf && !(schema.properties && Object.hasOwn(schema.properties, property))) {
    schema.allOf.push({ type: 'object', required: [property], properties: { [property]: implied } });
    return;
  }
  schema.properties = { ...schema.properties, [property]: implied };
  schema.required = [...new Set([...(schema.required ?? []), property])];
}
