import { type Document, resolve, schemaName } from '../../openapi/document.ts';
import { forEachWithin, isObject, mapSchema, partsOf, type SchemaNode, schemaReference } from './walk.ts';

/** A use of a schema: its direction, and whether it is JSON, where bytes can only be a string. */
interface Use {
  direction: 'response' | 'request';
  json: boolean;
}

/** In this order: the first use of a schema keeps its name. */
const uses: Use[] = [
  { direction: 'response', json: true },
  { direction: 'request', json: true },
  { direction: 'response', json: false },
  { direction: 'request', json: false },
];

interface Root {
  holder: { schema: SchemaNode };
  use: Use;
}

/**
 * Splits schemas by their use, at any depth. Requests have no readOnly properties, responses no writeOnly ones, and
 * `format: binary` is a string in JSON. A schema that differs between its uses becomes two: `Order` for responses, and
 * `OrderRequest`.
 *
 * openapi-typescript ignores readOnly and writeOnly, and its markers for them cost every consumer a recursive mapped
 * type: its issues 604 and 2615.
 */
export function splitByUse(document: Document): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, SchemaNode>;
  const split = new Split(document, schemas);
  const roots = findRoots(document);
  for (const use of uses) {
    const used = roots.filter((root) => root.use === use);
    split.visit(
      used.map(({ holder }) => holder.schema),
      use,
    );
  }
  for (const { holder, use } of roots)
    if (split.differs(holder.schema)) holder.schema = split.write(holder.schema, use);
  const components: Record<string, SchemaNode> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const names = split.namesOf(name);
    if (names.size === 0) components[name] = schema;
    for (const [variant, use] of names) components[variant] = split.write(schema, use);
  }
  if (document.components) document.components.schemas = components;
}

class Split {
  readonly #document: Document;
  readonly #schemas: Record<string, SchemaNode>;
  /** The schemas with a property of one direction, and those with bytes, including by reference. */
  readonly #directed: Set<string>;
  readonly #binary: Set<string>;
  /** The uses of each schema. */
  readonly #uses = new Map<string, Set<Use>>();
  readonly #names = new Map<string, Map<Use, string>>();

  constructor(document: Document, schemas: Record<string, SchemaNode>) {
    this.#document = document;
    this.#schemas = schemas;
    const users = new Map<string, string[]>();
    const directed = new Set<string>();
    const binary = new Set<string>();
    for (const [name, schema] of Object.entries(schemas))
      forEachWithin(schema, (each) => {
        const target = schemaName(each);
        if (target !== undefined) users.set(target, [...(users.get(target) ?? []), name]);
        if (this.#hasDirection(each)) directed.add(name);
        if (isBinary(each)) binary.add(name);
      });
    this.#directed = withUsers(directed, users);
    this.#binary = withUsers(binary, users);
  }

  /** Whether a schema differs between its uses. */
  differs(schema: SchemaNode): boolean {
    let found = false;
    forEachWithin(schema, (each) => {
      const target = schemaName(each);
      found ||=
        target === undefined
          ? this.#hasDirection(each) || isBinary(each)
          : this.#directed.has(target) || this.#binary.has(target);
    });
    return found;
  }

  /** Records a use of the differing schemas that these refer to, directly or not. */
  visit(schemas: SchemaNode[], use: Use): void {
    const open = [...schemas];
    for (let schema = open.pop(); schema; schema = open.pop()) {
      for (const name of this.#referencesIn(schema, use)) {
        const known = this.#uses.get(name) ?? new Set();
        if (known.has(use) || !(this.#directed.has(name) || this.#binary.has(name))) continue;
        this.#uses.set(name, known.add(use));
        const target = this.#schemas[name];
        if (target) open.push(target);
      }
    }
  }

  /** The new names of a schema, each with one of its uses. Empty if the schema stays unchanged. */
  namesOf(name: string): Map<string, Use> {
    return new Map(Array.from(this.#nameByUse(name), ([use, variant]) => [variant, use]));
  }

  /** The copy of a schema for one use. */
  write(schema: SchemaNode, use: Use): SchemaNode {
    return mapSchema(schema, (each) => {
      const whole = this.#withoutOthers(each, use);
      const name = schemaName(whole);
      if (name !== undefined) {
        const variant = this.#nameByUse(name).get(use) ?? name;
        return variant === name ? whole : { ...whole, $ref: schemaReference(variant) };
      }
      return use.json && isBinary(whole) ? asText(whole) : whole;
    });
  }

  /** Uses with the same result share a name; the first keeps the name of the schema. */
  #nameByUse(name: string): Map<Use, string> {
    const known = this.#names.get(name);
    if (known) return known;
    const names = new Map<Use, string>();
    const bySignature = new Map<string, string>();
    this.#names.set(name, names);
    for (const use of uses) {
      if (!this.#uses.get(name)?.has(use)) continue;
      const signature = `${this.#directed.has(name) && use.direction} ${this.#binary.has(name) && use.json}`;
      const variant =
        bySignature.get(signature) ?? (bySignature.size === 0 ? name : this.#freeName(name, use));
      bySignature.set(signature, variant);
      names.set(use, variant);
    }
    return names;
  }

  #taken = new Set<string>();

  #freeName(name: string, { direction, json }: Use): string {
    let free = `${name}${json ? '' : 'Form'}${direction === 'request' ? 'Request' : ''}`;
    while (this.#taken.has(free) || Object.hasOwn(this.#schemas, free)) free += '_';
    this.#taken.add(free);
    return free;
  }

  #hasDirection({ properties }: SchemaNode): boolean {
    return (
      properties !== undefined && Object.values(properties).some((each) => this.#marker(each) !== undefined)
    );
  }

  #referencesIn(schema: SchemaNode, use: Use): string[] {
    const names: string[] = [];
    const visit = (each: SchemaNode) => {
      const name = schemaName(each);
      if (name !== undefined) names.push(name);
    };
    forEachWithin(this.#withoutOthers(schema, use), visit);
    return names;
  }

  /** Removes the properties of the other direction. */
  #withoutOthers(schema: SchemaNode, { direction }: Use): SchemaNode {
    const { properties, required } = schema;
    if (!properties || !this.#hasDirection(schema)) return schema;
    const other = direction === 'request' ? 'readOnly' : 'writeOnly';
    const kept = Object.entries(properties).filter(([, each]) => this.#marker(each) !== other);
    const names = kept.map(([name]) => name);
    return {
      ...schema,
      properties: Object.fromEntries(kept),
      ...(Array.isArray(required) && {
        required: required.filter((name) => names.includes(name) || !(name in properties)),
      }),
    };
  }

  #marker(property: SchemaNode): 'readOnly' | 'writeOnly' | undefined {
    if (!isObject(property)) return undefined;
    const readOnly = isMarked(this.#document, property, 'readOnly');
    const writeOnly = isMarked(this.#document, property, 'writeOnly');
    if (readOnly === writeOnly) return undefined;
    if (readOnly) return 'readOnly';
    return writeOnly ? 'writeOnly' : undefined;
  }
}

/** Whether a property has a marker, or a part of it. */
function isMarked(
  document: Document,
  node: SchemaNode,
  marker: 'readOnly' | 'writeOnly',
  within: object[] = [],
): boolean {
  const schema = resolve<SchemaNode>(document, node);
  if (!isObject(schema) || within.includes(schema)) return false;
  const parts = Array.isArray(schema.allOf) ? schema.allOf : [];
  return (
    node[marker] ??
    schema[marker] ??
    parts.some((part) => isMarked(document, part, marker, [...within, schema]))
  );
}

/** Visits the schemas of operations with their use. Webhooks and callbacks have the opposite direction. */
function findRoots(document: Document): Root[] {
  const roots: Root[] = [];
  const walk = (node: object, { direction, json }: Use, flipped: boolean) => {
    for (const { keyword, value, key } of partsOf(node)) {
      if (keyword === 'schemas') continue;
      const [request, response] = flipped
        ? (['response', 'request'] as const)
        : (['request', 'response'] as const);
      if (keyword === 'schema') roots.push({ holder: node as Root['holder'], use: find(direction, json) });
      else if (keyword === 'requestBody' || keyword === 'requestBodies' || keyword === 'parameters')
        walk(value, { direction: request, json: true }, flipped);
      else if (keyword === 'responses' || keyword === 'headers')
        walk(value, { direction: response, json: true }, flipped);
      else if (keyword === 'content') walk(value, { direction, json: /[/+]json\b/i.test(key) }, flipped);
      else walk(value, { direction, json }, flipped || keyword === 'webhooks' || keyword === 'callbacks');
    }
  };
  walk(document, { direction: 'response', json: true }, false);
  return roots;
}

function find(direction: Use['direction'], json: boolean): Use {
  const use = uses.find((each) => each.direction === direction && each.json === json);
  if (!use) throw new Error('Every use of a schema is listed.');
  return use;
}

function withUsers(names: Set<string>, users: Map<string, string[]>): Set<string> {
  const all = new Set(names);
  for (const name of all) for (const user of users.get(name) ?? []) all.add(user);
  return all;
}

/**
 * Whether a value outside of JSON is the bytes of a file: `format: binary` in OpenAPI 3.0, `contentMediaType` in 3.1,
 * unless it is of text or there is a `contentEncoding`.
 */
export function isBinary({ format, contentMediaType, contentEncoding, type }: SchemaNode): boolean {
  if (format === 'binary') return true;
  if (contentMediaType === undefined || contentEncoding !== undefined) return false;
  const text = [type].flat().includes('string');
  return type === undefined || (text && !/^text\/|[/+](json|xml|yaml)\b/.test(contentMediaType));
}

function asText({ format, contentMediaType: _, ...schema }: SchemaNode): SchemaNode {
  return {
    ...schema,
    ...(format !== undefined && format !== 'binary' && { format }),
    type: schema.type ?? 'string',
  };
}
