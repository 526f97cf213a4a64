import { isIdentifier } from '../identifiers.ts';
import { type Body, readBody } from './body.ts';
import {
  type Document,
  methods,
  type OperationObject,
  type Parameter,
  type PathItem,
  resolve,
} from './document.ts';
import { camelCase, methodReserved, Names, typeReserved, upperFirst } from './names.ts';
import { type Paged, readPagination } from './pagination.ts';
import {
  type HeaderParameters,
  idempotencyHeader,
  type PathParameter,
  type QueryParameters,
  readHeaderParameters,
  readPathParameters,
  readQueryParameters,
  refuseUnsendable,
} from './parameters.ts';
import { readErrors, readStream, readSuccess, type Stream, type Success, streamsAlone } from './responses.ts';
import { type Security, SecuritySchemes } from './security.ts';
import { readServer } from './servers.ts';
import { SchemaTypes, type Site, Unsupported } from './site.ts';

/** An operation as the client offers it. Types are expressions over what schema.ts exports. */
export interface Operation {
  /** Name of the method. It is the operationId wherever that can be a method's name. */
  name: string;
  /** The operationId; `METHOD /path` where the contract has none. */
  id: string;
  method: string;
  path: string;
  object: OperationObject;
  pathParameters: PathParameter[];
  query: QueryParameters | undefined;
  headers: HeaderParameters | undefined;
  body: Body | undefined;
  success: Success;
  /** The stream that it can respond with. */
  stream: Stream | undefined;
  /** Name of the method for the stream; undefined where there is none. It is `name` where there is no other success. */
  streamName: string | undefined;
  /** Name for the type of the error bodies. */
  errorsName: string;
  /** The body's type for each documented error status, range of them, or `default`. */
  errors: Map<string, string>;
  /** How its pages follow each other, where the contract says so. */
  pagination: Paged | undefined;
  /** Where it is, where that is not where the service is. */
  server: string | undefined;
  security: Security;
  /** The header parameter that makes a request safe to retry, in lower case. */
  idempotencyHeader: string | undefined;
}

/** An operation that needs something no method does; the fetch client can still call it. */
export interface Skipped {
  method: string;
  path: string;
  reason: string;
}

/** What the client of a contract consists of. */
export interface Operations {
  /** In the contract's own order. */
  operations: Operation[];
  skipped: Skipped[];
  /** What a person should know of them. */
  notes: string[];
  /** The exports of schema.ts that the operations use. */
  types: Set<string>;
  security: SecuritySchemes;
}

export function readOperations(document: Document): Operations {
  const types = new SchemaTypes(document);
  const sites = readSites(document);
  const security = new SecuritySchemes(
    document,
    sites.map(({ object }) => object),
  );
  const nameOperation = operationNames(sites, types);
  const operations: Operation[] = [];
  const notes: string[] = [];
  const skipped: Skipped[] = [];
  for (const site of sites) {
    const { object } = site;
    const method = object['x-sent-as'] ?? site.method.toUpperCase();
    const path = object['x-sent-as'] ? site.path.replace(/ [^ ]+$/, '') : site.path;
    try {
      const draft = readOperation(document, types, site, security);
      // Last, so that a skipped operation takes no name.
      const stream = draft.stream && (streamsAlone(document, site) ? 'alone' : 'beside');
      const pages = readPagination(document, site);
      if (pages && 'misfit' in pages)
        notes.push(`The pages of ${method} ${path} are not followed: ${pages.misfit}.`);
      const pagination = pages && 'paged' in pages ? pages.paged : undefined;
      operations.push({ ...draft, ...nameOperation(site, stream), pagination, method, path, object });
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      skipped.push({ method, path, reason: error.message });
    }
  }
  return { operations, skipped, notes, types: types.used, security };
}

interface ItemSite extends Site {
  item: PathItem;
}

function readSites(document: Document): ItemSite[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, node]) => {
    const item = resolve<PathItem>(document, node);
    return Object.keys(item).flatMap((key) => {
      const method = methods.find((each) => each === key);
      const object = method && item[method];
      if (!object) return [];
      const all = [...(item.parameters ?? []), ...(object.parameters ?? [])].map((each) =>
        resolve<Parameter>(document, each),
      );
      const parameters = [...new Map(all.map((each) => [`${each.in} ${each.name}`, each])).values()];
      return [{ path, method, object, parameters, item }];
    });
  });
}

function readOperation(document: Document, types: SchemaTypes, site: ItemSite, security: SecuritySchemes) {
  if (site.method === 'trace') throw new Unsupported('fetch sends no TRACE');
  refuseUnsendable(site.parameters);
  return {
    server: readServer(document, site.item, site.object),
    security: security.of(site.object),
    idempotencyHeader: idempotencyHeader(site.parameters),
    pathParameters: readPathParameters(document, types, site),
    query: readQueryParameters(document, types, site),
    headers: readHeaderParameters(document, types, site),
    body: readBody(document, types, site),
    success: readSuccess(document, types, site),
    stream: readStream(document, types, site),
    errors: readErrors(document, types, site),
  };
}

function operationNames(sites: Site[], types: SchemaTypes) {
  const methodNames = new Names(methodReserved);
  const errorNames = new Names([...typeReserved, ...types.names.values()]);
  const given = new Set(sites.flatMap(({ object }) => object.operationId ?? []).filter(isIdentifier));
  return (
    { path, method, object }: Site,
    stream: 'alone' | 'beside' | undefined,
  ): Pick<Operation, 'name' | 'id' | 'errorsName' | 'streamName'> => {
    const wanted = object.operationId ?? `${method} ${path}`;
    // A derived name gives way to an operation that bears it, so that it stays when that one comes later.
    const name = isIdentifier(wanted) ? methodNames.take(wanted) : methodNames.take(camelCase(wanted), given);
    const streamName = stream === 'beside' ? methodNames.take(`${name}Stream`, given) : stream && name;
    return {
      name,
      streamName,
      id: object.operationId ?? `${method.toUpperCase()} ${path}`,
      errorsName: errorNames.take(`${upperFirst(name)}Errors`),
    };
  };
}
