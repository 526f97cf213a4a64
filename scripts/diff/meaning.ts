import { type Document, resolve } from '../openapi/document.ts';
import { type ContractOperation, operationsOf } from '../openapi/operations.ts';

/** Keys of a schema that do not constrain values. */
const documentation = ['title', 'description', 'example', 'examples', 'externalDocs', '$comment'];

/** How the meaning of a part has changed: it now allows `null`, it now has a format, or anything else. */
export type Difference = 'null-added' | 'format-added' | 'other';

/** The changes in the meaning of each operation, by `METHOD /path`, independent of how it is written. */
export function compareMeanings(
  before: Document,
  now: Document,
): Map<string, { request: Set<Difference>; response: Set<Difference> }> {
  const found = new Map<string, { request: Set<Difference>; response: Set<Difference> }>();
  const [read, readNow] = [new Schemas(before), new Schemas(now)];
  const keyOf = ({ method, path }: ContractOperation) => `${method.toUpperCase()} ${path}`;
  const current = new Map(operationsOf(now).map((each) => [keyOf(each), each]));
  for (const operation of operationsOf(before)) {
    const its = current.get(keyOf(operation));
    if (!its) continue;
    found.set(keyOf(operation), {
      request: differences(read.request(operation), readNow.request(its)),
      response: differences(read.responses(operation), readNow.responses(its)),
    });
  }
  return found;
}

type Meaning = Record<string, unknown>;

/** Schemas in a canonical form: references resolved, allOf merged, one way to write "or null". */
class Schemas {
  readonly #document: Document;
  readonly #known = new Map<object, Meaning>();

  constructor(document: Document) {
    this.#document = document;
  }

  request({ parameters, body }: ContractOperation): Meaning {
    const named = parameters.map((each) => [`${each.in} ${each.name}`, each]);
    return { parameters: this.#read(Object.fromEntries(named)), body: this.#read(body) };
  }

  responses({ responses }: ContractOperation): Meaning {
    return { responses: this.#read(Object.fromEntries(responses)) };
  }

  /** Any part of an operation; values of `schema` are read as schemas. */
  #read(node: unknown): unknown {
    if (Array.isArray(node)) return node.map((each) => this.#read(each));
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(resolve(this.#document, node));
    return Object.fromEntries(
      entries
        .filter(([key]) => !isDocumentation(key))
        .map(([key, value]) => [key, key === 'schema' ? this.#schema(value) : this.#read(value)]),
    );
  }

  #schema(node: unknown): Meaning {
    if (typeof node !== 'object' || node === null) return { is: node };
    const { $ref, ...siblings } = node as Meaning;
    const target: Meaning = $ref === undefined ? {} : resolve(this.#document, node as { $ref: string });
    const known = this.#known.get(target);
    if ($ref !== undefined && Object.keys(siblings).length === 0 && known) return known;
    const meaning: Meaning = {};
    // Set before it is read, as a schema can contain itself.
    if ($ref !== undefined) this.#known.set(target, meaning);
    return Object.assign(meaning, this.#merge([target, siblings]));
  }

  #merge(parts: Meaning[]): Meaning {
    const meaning: Meaning = {};
    for (const { allOf, oneOf, anyOf, nullable, type, properties, required, ...rest } of parts) {
      const inner = Array.isArray(allOf) ? allOf.map((part) => this.#schema(part)) : [];
      for (const part of inner) combine(meaning, part);
      const types = new Set(type === undefined ? [] : [type, ...(nullable ? ['null'] : [])].flat());
      combine(meaning, {
        ...this.#rest(rest),
        ...(types.size > 0 && { type: types }),
        ...(properties !== undefined && { properties: this.#properties(properties as Meaning) }),
        ...(Array.isArray(required) && { required: new Set(required) }),
      });
      for (const [key, forms] of Object.entries({ oneOf, anyOf })) {
        if (Array.isArray(forms)) combine(meaning, this.#forms(key, forms));
      }
    }
    return meaning;
  }

  /** An alternative or null is that alternative with one more type. */
  #forms(key: string, forms: unknown[]): Meaning {
    const all = forms.map((form) => this.#schema(form));
    const [only, ...others] = all.filter((form) => !isNull(form));
    if (only === undefined || others.length > 0 || all.length === 1) return { [key]: all };
    return { ...only, type: new Set([...((only.type as Set<unknown>) ?? []), 'null']) };
  }

  #properties(properties: Meaning): Meaning {
    return Object.fromEntries(Object.entries(properties).map(([name, node]) => [name, this.#schema(node)]));
  }

  #rest(rest: Meaning): Meaning {
    const entries = Object.entries(rest).flatMap(([key, value]): [string, unknown][] => {
      if (key === 'items' || key === 'additionalProperties') return [[key, this.#schema(value)]];
      // The known values of an open enum are part of its type.
      if (key === 'x-enumDescriptions') return [[key, new Set(Object.keys(Object(value)))]];
      return isDocumentation(key) ? [] : [[key, value]];
    });
    return Object.fromEntries(entries);
  }
}

function isDocumentation(key: string): boolean {
  return documentation.includes(key) || key.startsWith('x-');
}

function isNull({ type, ...rest }: Meaning): boolean {
  return type instanceof Set && type.size === 1 && type.has('null') && Object.keys(rest).length === 0;
}

function combine(meaning: Meaning, part: Meaning): void {
  const { properties, required, ...rest } = part;
  Object.assign(meaning, rest);
  if (properties) meaning.properties = { ...(meaning.properties as Meaning), ...(properties as Meaning) };
  if (required)
    meaning.required = new Set([...((meaning.required as Set<string>) ?? []), ...(required as Set<string>)]);
}

function differences(before: unknown, now: unknown): Set<Difference> {
  const found = new Set<Difference>();
  const visited = new Map<unknown, Set<unknown>>();
  const visit = (a: unknown, b: unknown, key: string): void => {
    if (a === b || visited.get(a)?.has(b)) return;
    if (a instanceof Set && b instanceof Set) {
      const added = [...b].filter((each) => !a.has(each));
      if (![...a].every((each) => b.has(each)) || added.some((each) => key !== 'type' || each !== 'null'))
        found.add('other');
      else if (added.length > 0) found.add('null-added');
    } else if (isObject(a) && isObject(b)) {
      visited.set(a, (visited.get(a) ?? new Set()).add(b));
      for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) visit(a[name], b[name], name);
    } else {
      found.add(key === 'format' && a === undefined ? 'format-added' : 'other');
    }
  };
  visit(before, now, '');
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Set);
}
