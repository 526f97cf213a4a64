import { unescapePointer } from './pointer.ts';

/** The parts of a bundled OpenAPI 3 document that the client is generated from. */
export interface Document {
  info: { title: string; version: string; description?: string };
  servers?: Server[];
  security?: Record<string, string[]>[];
  paths?: Record<string, PathItem | Reference>;
  webhooks?: Record<string, PathItem | Reference>;
  components?: {
    schemas?: Record<string, Schema | Reference>;
    securitySchemes?: Record<string, SecurityScheme | Reference>;
  };
}

export interface Server {
  url: string;
  variables?: Record<string, { default: string; enum?: string[]; description?: string }>;
}

export interface Reference {
  $ref: string;
}

export type PathItem = { parameters?: (Parameter | Reference)[]; servers?: Server[] } & {
  [method in Method]?: OperationObject;
};

export interface OperationObject {
  operationId?: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBody | Reference;
  responses?: Record<string, Response | Reference>;
  security?: Record<string, string[]>[];
  servers?: Server[];
  'x-idempotent'?: boolean;
  'x-pagination'?: Pagination;
  /** The real method of an operation that is stored as a POST, as OpenAPI 3.2 allows other methods. */
  'x-sent-as'?: string;
}

/** The pagination of a list (`x-pagination`, see spec/README.md). A field is a path of names separated by dots. */
export interface Pagination {
  /** The field with the items; omitted if the page itself is the array. */
  items?: string;
  /** The query parameter with the number of the page, from 1. */
  page?: string;
  /** The query parameter with the number of items to skip. */
  offset?: string;
  /** The query parameter for the value of `next` or `lastItem`. */
  cursor?: string;
  next?: string;
  lastItem?: string;
  /** The field with the URL of the next page, or `header` for the header Link. */
  link?: string;
  hasNext?: string;
  total?: string;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie' | 'querystring';
  required?: boolean;
  deprecated?: boolean;
  description?: string;
  style?: string;
  explode?: boolean;
  allowReserved?: boolean;
  schema?: Schema | Reference;
  content?: Content;
  example?: unknown;
  examples?: Record<string, Example | Reference>;
}

export interface Example {
  summary?: string;
  value?: unknown;
}

export interface RequestBody {
  description?: string;
  required?: boolean;
  content: Content;
}

export interface Response {
  description?: string;
  content?: Content;
}

export type Content = Record<string, MediaType>;

export interface MediaType {
  schema?: Schema | Reference;
  encoding?: Record<string, Encoding>;
  example?: unknown;
  examples?: Record<string, Example | Reference>;
}

/** The style of a form field. */
export interface Encoding {
  contentType?: string;
  style?: string;
  explode?: boolean;
  allowReserved?: boolean;
}

export interface Schema {
  description?: string;
  type?: string | string[];
  nullable?: boolean;
  format?: string;
  required?: string[];
  properties?: Record<string, Schema | Reference>;
  additionalProperties?: boolean | object;
  items?: Schema | Reference;
  readOnly?: boolean;
  writeOnly?: boolean;
  const?: unknown;
  enum?: unknown[];
  'x-enumDescriptions'?: Record<string, string>;
  /** The values of a string that can have others as well; a step of normalize/ has written them. */
  'x-known-values'?: string[];
  'x-secret'?: boolean;
  allOf?: (Schema | Reference)[];
  oneOf?: (Schema | Reference)[];
  anyOf?: (Schema | Reference)[];
}

export interface SecurityScheme {
  type: string;
  in?: string;
  name?: string;
  scheme?: string;
  'x-env'?: string;
}

export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

export type Method = (typeof methods)[number];

/**
 * Resolves a reference. The bundle has only local ones, and none is unresolved; one that leads back to itself resolves
 * to an empty object.
 */
export function resolve<Node extends object>(document: Document, node: Node | Reference): Node {
  let target: unknown = node;
  const visited = new Set<unknown>();
  while (isReference(target)) {
    if (visited.has(target)) return {} as Node;
    visited.add(target);
    const keys = target.$ref.slice(2).split('/');
    target = keys.reduce((value, key) => Object(value)[readKey(key)], document as unknown);
  }
  return target as Node;
}

function isReference(node: unknown): node is Reference {
  return typeof Object(node).$ref === 'string';
}

/** The name of the schema that a reference points to, if it is in `components.schemas`. */
export function schemaName(node: unknown): string | undefined {
  const name = isReference(node) && /^#\/components\/schemas\/([^/]+)$/.exec(node.$ref)?.[1];
  return name ? readKey(name) : undefined;
}

function readKey(key: string): string {
  return unescapePointer(decodeURIComponent(key));
}

/** The JSON types that a value can have, `integer` as a number. Empty if its schema does not restrict them. */
export function kindsOf(
  document: Document,
  node: Schema | Reference | undefined,
  within: object[] = [],
): Set<string> {
  const schema: Schema = node ? resolve<Schema>(document, node) : {};
  // A schema that contains itself adds nothing the second time.
  if (within.includes(schema)) return new Set();
  const { type, properties, nullable, allOf = [], oneOf, anyOf } = schema;
  if (type || properties) {
    const types = [type ?? 'object', nullable ? 'null' : []].flat();
    return new Set(types.map((each) => each.replace('integer', 'number')));
  }
  const kinds = (part: Schema | Reference) => kindsOf(document, part, [...within, schema]);
  const alternatives = (oneOf ?? anyOf ?? []).map(kinds);
  if (alternatives.some((each) => each.size === 0)) return new Set();
  return new Set([...alternatives, ...allOf.map(kinds)].flatMap((each) => [...each]));
}
