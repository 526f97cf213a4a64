import { type Document, resolve } from '../openapi/document.ts';
import { type ContractOperation, operationsOf, webhooksOf } from '../openapi/operations.ts';

/** Keys of a part of an operation whose values are parts by name. */
const maps = ['content', 'headers', 'encoding'];

/** Keys of a schema that do not constrain values. */
const documentation = ['title', 'description', 'example', 'examples', 'externalDocs', '$comment'];

/** How the meaning of a part has changed: it now allows `null`, it now has a format, or anything else. */
export type Difference = 'null-added' | 'format-added' | 'other';

/** `POST /path`, or `webhook name`. */
export function nameOf({ method, path }: ContractOperation, isWebhook = false): string {
  return isWebhook ? `webhook ${path}` : `${method.toUpperCase()} ${path}`;
}

/** How the meaning of an operation has changed, by who sends what has changed. */
interface Meant {
  /** By the callers, or for an event by the service. */
  request: Set<Difference>;
  response: Set<Difference>;
}

/** The changes in the meaning of each operation and event, by its name, independent of how it is written. */
export function compareMeanings(before: Document, now: Document): Map<string, Meant> {
  const found = new Map<string, Meant>();
  const [read, readNow] = [new Schemas(before), new Schemas(now)];
  for (const [list, isWebhook] of [
    [operationsOf, false],
    [webhooksOf, true],
  ] as const) {
    const current = new Map(list(now).map((each) => [nameOf(each, isWebhook), each]));
    for (const operation of list(before)) {
      const its = current.get(nameOf(operation, isWebhook));
      if (!its) continue;
      const request = differences(read.request(operation), readNow.request(its));
      const response = differences(read.responses(operation), readNow.responses(its));
      // Of an event, the callers get the request.
      found.set(
        nameOf(operation, isWebhook),
        isWebhook ? { request: response, response: request } : { request, response },
      );
    }
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
    return { parameters: this.#readMap(Object.fromEntries(named)), body: this.#read(body) };
  }

  /** What a caller receives: the responses, and the requests to its callbacks. */
  responses({ responses, object }: ContractOperation): Meaning {
    const { callbacks = {} } = object as { callbacks?: Record<string, object> };
    const received = Object.entries(callbacks).map(([name, node]) => {
      const paths = resolve(this.#document, node as NonNullable<Document['paths']>);
      const operations = operationsOf({ ...this.#document, paths }).map((each) => [
        nameOf(each),
        [this.request(each), this.responses(each)],
      ]);
      return [name, Object.fromEntries(operations)];
    });
    return {
      responses: this.#readMap(Object.fromEntries(responses)),
      callbacks: Object.fromEntries(received),
    };
  }

  /** Any part of an operation; values of `schema` are read as schemas. */
  #read(node: unknown): unknown {
    if (Array.isArray(node)) return node.map((each) => this.#read(each));
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(resolve<object>(this.#document, node));
    return Object.fromEntries(
      entries.flatMap(([key, value]): [string, unknown][] => {
        if (isDocumentation(key)) return [];
        if (key === 'schema' || key === 'itemSchema') return [[key, this.#schema(value)]];
        return [[key, maps.includes(key) ? this.#readMap(value) : this.#read(value)]];
      }),
    );
  }

  /** The parts of an operation by their names, which can be those of keywords. */
  #readMap(node: unknown): Meaning {
    return Object.fromEntries(Object.entries(Object(node)).map(([name, each]) => [name, this.#read(each)]));
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
      // A const is an enum of one value, and an enum is a set.
      if (key === 'const') return [['enum', new Set([JSON.stringify(value)])]];
      if (key === 'enum' && Array.isArray(value))
        return [[key, new Set(value.map((each) => JSON.stringify(each)))]];
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
