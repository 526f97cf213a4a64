import { isIdentifier } from '../identifiers.ts';
import { pointerTo } from '../pointer.ts';
import type { Remark } from '../remark.ts';
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

/** An operation in the form of the client. Types are expressions with the exports of schema.ts. */
export interface Operation {
  /** The name of the method: the operationId, if that is a valid name. */
  name: string;
  /** The operationId, or `METHOD /path` without one. */
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
  /**
   * The name of the method for the stream, which is `name` if there is no other success; undefined without a stream.
   */
  streamName: string | undefined;
  /** The name of the type of the error bodies. */
  errorsName: string;
  /** The type of the body for each documented error status, range or `default`. */
  errors: Map<string, string>;
  /** The pagination, if the contract describes one. */
  pagination: Paged | undefined;
  /** The server of the operation, if it differs from that of the service. */
  server: string | undefined;
  security: Security;
  /** The header parameter that makes a retry safe, in lower case. */
  idempotencyHeader: string | undefined;
}

/** An operation without a method, because it needs something unsupported. The fetch client can still call it. */
export interface Skipped {
  method: string;
  path: string;
  reason: string;
}

/** The operations of a contract, for the emitters. */
export interface Operations {
  /** In the order of the contract. */
  operations: Operation[];
  skipped: Skipped[];
  remarks: Remark[];
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
  const remarks: Remark[] = [];
  const skipped: Skipped[] = [];
  for (const site of sites) {
    const { object } = site;
    const method = object['x-sent-as'] ?? site.method.toUpperCase();
    const path = object['x-sent-as'] ? site.path.replace(/ [^ ]+$/, '') : site.path;
    try {
      const draft = readOperation(document, types, site, security);
      // Last, so that a skipped operation does not take a name.
      const stream = draft.stream && (streamsAlone(document, site) ? 'alone' : 'beside');
      const pages = readPagination(document, site);
      if (pages && 'misfit' in pages)
        remarks.push({
          pointer: pointerTo('paths', site.path, site.method, 'x-pagination'),
          message: `${method} ${path} cannot be iterated: ${pages.misfit}.`,
        });
      const pagination = pages && 'paged' in pages ? pages.paged : undefined;
      operations.push({ ...draft, ...nameOperation(site, stream), pagination, method, path, object });
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      skipped.push({ method, path, reason: error.message });
    }
  }
  return { operations, skipped, remarks, types: types.used, security };
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
  if (site.method === 'trace') throw new Unsupported('fetch does not send TRACE');
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
    // A derived name avoids the operationIds, so that adding an operation does not rename another method.
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
