import { isIdentifier } from '../identifiers.ts';
import { schemaTypeNames } from '../types/schema-names.ts';
import {
  type Content,
  type Document,
  type Method,
  methods,
  type OperationObject,
  type Pagination,
  type Parameter,
  type Reference,
  resolve,
  type Schema,
  schemaName,
} from './document.ts';
import { camelCase, methodReserved, Names, parameterReserved, typeReserved, upperFirst } from './names.ts';
import { quote } from './text.ts';

/** An operation as the client offers it. Types are expressions over what schema.ts exports. */
export interface Operation {
  /** Name of the method. It is the operationId wherever that can be a method's name. */
  name: string;
  /** The operationId; `METHOD /path` where the contract gives none. */
  id: string;
  method: string;
  path: string;
  object: OperationObject;
  pathParameters: PathParameter[];
  query: Argument | undefined;
  body: (Argument & { defaultsToEmpty: boolean }) | undefined;
  data: string;
  expected: 'object' | 'array' | 'json' | 'unknown' | 'nothing';
  /** How its pages follow each other, where the contract says so. */
  pagination: Pagination | undefined;
  /** Name for the type of the error bodies. */
  errorsName: string;
  /** The body's type for each documented error status, or `default`. */
  errors: Map<string, string>;
}

export interface PathParameter {
  wireName: string;
  argument: string;
  type: string;
  uuid: boolean;
  description: string | undefined;
}

interface Argument {
  type: string;
  required: boolean;
  description: string | undefined;
}

/** An operation that needs something this client does not do; `raw` can still call it. */
export interface Skipped {
  method: string;
  path: string;
  reason: string;
}

/** The operations of a contract in its own order, and the types of schema.ts that they use. */
export function readOperations(document: Document): {
  operations: Operation[];
  skipped: Skipped[];
  types: Set<string>;
} {
  const reader = new OperationReader(document);
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [key, object] of Object.entries(item)) {
      const method = methods.find((each) => each === key);
      if (method) reader.read(path, method, object as OperationObject, item.parameters ?? []);
    }
  }
  return reader;
}

/** Where an operation stands in the contract. */
interface Site {
  path: string;
  method: Method;
  object: OperationObject;
}

/** What an operation needs that this client does not do. */
class Unsupported extends Error {}

class OperationReader {
  readonly operations: Operation[] = [];
  readonly skipped: Skipped[] = [];
  readonly types = new Set(['paths']);
  readonly #document: Document;
  readonly #typeNames: Map<string, string>;
  readonly #methodNames = new Names(methodReserved);
  readonly #errorNames: Names;

  constructor(document: Document) {
    this.#document = document;
    this.#typeNames = schemaTypeNames(document);
    this.#errorNames = new Names([...typeReserved, ...this.#typeNames.values()]);
  }

  read(
    path: string,
    method: Method,
    object: OperationObject,
    shared: NonNullable<OperationObject['parameters']>,
  ) {
    const upperMethod = method.toUpperCase();
    try {
      const all = [...shared, ...(object.parameters ?? [])].map((each) =>
        resolve<Parameter>(this.#document, each),
      );
      const parameters = [...new Map(all.map((each) => [`${each.in} ${each.name}`, each])).values()];
      refuseUnsupported(parameters);
      const site = { path, method, object };
      const names = new Names([...parameterReserved, 'body', 'query']);
      const draft = {
        pathParameters: this.#pathParameters(path, parameters, names),
        query: this.#query(site, parameters),
        body: this.#body(site),
        ...this.#success(site),
        errors: this.#errors(site),
        pagination: readPagination(object, parameters),
      };
      // Last, so that a skipped operation takes no name.
      const wanted = object.operationId ?? `${method} ${path}`;
      const name = this.#methodNames.take(isIdentifier(wanted) ? wanted : camelCase(wanted));
      this.operations.push({
        ...draft,
        name,
        id: object.operationId ?? `${upperMethod} ${path}`,
        method: upperMethod,
        path,
        object,
        errorsName: this.#errorNames.take(`${upperFirst(name)}Errors`),
      });
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      this.skipped.push({ method: upperMethod, path, reason: error.message });
    }
  }

  #pathParameters(path: string, parameters: Parameter[], names: Names): PathParameter[] {
    return Array.from(path.matchAll(/\{([^{}]+)\}/g), ([, wireName = '']) => {
      const parameter = parameters.find((each) => each.in === 'path' && each.name === wireName);
      const schema: Schema = parameter?.schema ? resolve<Schema>(this.#document, parameter.schema) : {};
      const type = String(schema.type ?? 'string').replace('integer', 'number');
      if (!['string', 'number', 'boolean'].includes(type))
        throw new Unsupported(`the path parameter ${wireName} is no single value`);
      return {
        wireName,
        argument: names.take(camelCase(wireName)),
        type,
        uuid: type === 'string' && schema.format === 'uuid',
        description: parameter?.description,
      };
    });
  }

  #query(site: Site, parameters: Parameter[]): Operation['query'] {
    const query = parameters.filter((each) => each.in === 'query');
    if (query.length === 0) return undefined;
    const required = query.some((each) => each.required);
    const type = `${this.#typeOf(site)}['parameters']['query']`;
    return { type: required ? type : `NonNullable<${type}>`, required, description: undefined };
  }

  #body(site: Site): Operation['body'] {
    const { object } = site;
    if (!object.requestBody) return undefined;
    const { content, required = false, description } = resolve(this.#document, object.requestBody);
    const mediaType = 'application/json';
    const schema = content[mediaType]?.schema;
    if (!schema) throw new Unsupported(`its request body is not ${mediaType}`);
    const { type, required: fields = [] } = resolve<Schema>(this.#document, schema);
    return {
      type:
        this.#schemaType(schema) ??
        `NonNullable<${this.#typeOf(site)}['requestBody']>['content'][${quote(mediaType)}]`,
      required,
      description,
      defaultsToEmpty: !required && type === 'object' && fields.length === 0,
    };
  }

  #success(site: Site): Pick<Operation, 'data' | 'expected'> {
    const statuses = Object.keys(site.object.responses ?? {}).filter((status) => /^2\d\d$/.test(status));
    if (statuses.length === 0) throw new Unsupported('it documents no success status of its own');
    const answers = statuses.map((status) => {
      const type = this.#bodyType(site, status);
      if (!type) return { data: 'undefined', expected: 'nothing' } as const;
      return { data: type.expression, expected: this.#kindOf(type.content.schema ?? {}) };
    });
    const [expected = 'unknown', ...others] = new Set(answers.map((answer) => answer.expected));
    if (others.length > 0) throw new Unsupported('its success statuses differ in the kind of their bodies');
    return { data: [...new Set(answers.map((answer) => answer.data))].join(' | '), expected };
  }

  /** What the runtime can check of an answer at no cost: the kind of its outermost value. */
  #kindOf(node: Schema | Reference): Operation['expected'] {
    const schema = resolve<Schema>(this.#document, node);
    if (schema.type === 'object' || schema.type === 'array') return schema.type;
    const parts = new Set(schema.allOf?.map((part) => this.#kindOf(part)));
    if (parts.has('object')) return 'object';
    const constrained = schema.type ?? schema.allOf ?? schema.oneOf ?? schema.anyOf;
    return constrained ? 'json' : 'unknown';
  }

  #errors(site: Site): Map<string, string> {
    const statuses = Object.keys(site.object.responses ?? {}).filter((status) =>
      /^([45]\d\d|default)$/.test(status),
    );
    return new Map(
      statuses.map((status) => [status, this.#bodyType(site, status, false)?.expression ?? 'undefined']),
    );
  }

  /** Undefined where the status has no body. */
  #bodyType(site: Site, status: string, strict = true) {
    const response = site.object.responses?.[status];
    const content: Content = (response && resolve(this.#document, response).content) ?? {};
    const mediaTypes = Object.keys(content);
    const mediaType = mediaTypes.find((each) => /^application\/([^;]+\+)?json\b/.test(each));
    if (!mediaType) {
      if (strict && mediaTypes.length > 0) throw new Unsupported(`its answer ${status} is not JSON`);
      return undefined;
    }
    const body = content[mediaType] ?? {};
    const key = /^\d/.test(status) ? status : quote(status);
    return {
      content: body,
      expression:
        this.#schemaType(body.schema) ??
        `${this.#typeOf(site)}['responses'][${key}]['content'][${quote(mediaType)}]`,
    };
  }

  /** Where schema.ts describes an operation. */
  #typeOf({ path, method, object }: Site): string {
    this.types.add(object.operationId ? 'operations' : 'paths');
    return object.operationId
      ? `operations[${quote(object.operationId)}]`
      : `paths[${quote(path)}][${quote(method)}]`;
  }

  /** The name that schema.ts exports for a referenced schema, unless the client has another use for that name. */
  #schemaType(schema: unknown): string | undefined {
    const name = schemaName(schema);
    const type = name === undefined ? undefined : this.#typeNames.get(name);
    if (!type || typeReserved.includes(type)) return undefined;
    this.types.add(type);
    return type;
  }
}

function refuseUnsupported(parameters: Parameter[]): void {
  for (const { name, in: place, required, content, style, explode } of parameters) {
    if (required && (place === 'header' || place === 'cookie'))
      throw new Unsupported(`it requires the ${place} parameter ${name}`);
    if (content) throw new Unsupported(`the parameter ${name} is written with a media type`);
    if (place === 'query' && ((style ?? 'form') !== 'form' || explode === false))
      throw new Unsupported(`the query parameter ${name} is not written as repeated form values`);
  }
}

/** Other contracts use the same key for other things, so only what fits the operation counts. */
function readPagination(object: OperationObject, parameters: Parameter[]): Pagination | undefined {
  const pagination = object['x-pagination'];
  const { page, items, hasNext }: Partial<Pagination> = Object(pagination);
  const counted = parameters.some((each) => each.in === 'query' && each.name === page);
  return counted && items && hasNext ? pagination : undefined;
}
