import type { Document, OperationObject } from '../../openapi/document.ts';
import { operationsOf } from '../../openapi/operations.ts';
import { pointerTo } from '../../openapi/pointer.ts';
import { type Security, SecuritySchemes } from '../../openapi/security.ts';
import { addressOf, readBaseUrl, readServer } from '../../openapi/servers.ts';
import { isIdentifier } from '../identifiers.ts';
import type { Warning } from '../warning.ts';
import { type Body, readBody } from './body.ts';
import type { Draft } from './draft.ts';
import { camelCase, methodReserved, Names, typeReserved, upperFirst } from './names.ts';
import { type Paged, readPagination } from './pagination.ts';
import {
  idempotencyHeader,
  type Parameters,
  type PathParameter,
  readFormParameters,
  readHeaderParameters,
  readPathParameters,
  whyUnwritable,
} from './parameters.ts';
import { type Errors, readErrors, readStream, readSuccess, type Stream, type Success } from './responses.ts';
import { SchemaTypes } from './schema-types.ts';

/** An operation in the form of the clients. Types are expressions with the exports of schema.ts. */
export interface Operation {
  method: string;
  path: string;
  object: OperationObject;
  pathParameters: PathParameter[];
  query: Parameters | undefined;
  headers: Parameters | undefined;
  cookies: Parameters | undefined;
  body: Body | undefined;
  success: Success;
  /** The stream that it can respond with. */
  stream: Stream | undefined;
  errors: Errors;
  /** The server of the operation, if it differs from that of the service; empty if its address is not known. */
  server: string | undefined;
  security: Security;
  /** The header parameter that makes a retry safe, in lower case. */
  idempotencyHeader: string | undefined;
  /** Completes "no method, because". Undefined for an operation with a method. */
  unsupported: string | undefined;
}

/** An operation with a method. */
export interface NamedOperation extends Operation {
  /** The name of the method: the operationId, if that is a valid name. */
  name: string;
  /** The operationId, or `METHOD /path` without one. */
  id: string;
  /**
   * The name of the method for the stream, which is `name` if there is no other success; undefined without a stream.
   */
  streamName: string | undefined;
  /** The name of the type of the error bodies. */
  errorsName: string;
  /** The pagination, if the contract describes one. */
  pagination: Paged | undefined;
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
  all: Operation[];
  /** Those with a method. */
  named: NamedOperation[];
  warnings: Warning[];
  /** The exports of schema.ts that the methods use. */
  types: Set<string>;
  security: SecuritySchemes;
}

export function readOperations(document: Document): Operations {
  const drafts = operationsOf(document).map(
    (each): Draft => ({
      ...each,
      unsupported: [],
      omitted: [],
      unwritable: [],
    }),
  );
  const types = new SchemaTypes(document);
  const security = new SecuritySchemes(
    document,
    drafts.map(({ object }) => object),
  );
  const nameOperation = operationNames(drafts, types);
  const all: Operation[] = [];
  const named: NamedOperation[] = [];
  const warnings = warningsOnServers(document, drafts);
  for (const draft of drafts) {
    const { object } = draft;
    // Its types are not used if it has no method.
    const used = new Set(types.used);
    const operation = readOperation(document, types, draft, security);
    all.push(operation);
    const { method, path, unsupported } = operation;
    const warn = (message: string, ...keys: string[]) =>
      warnings.push({ pointer: pointerTo('paths', draft.path, draft.method, ...keys), message });
    if (unsupported !== undefined) {
      warn(`${method} ${path} has no method: ${unsupported}.`);
      types.used = used;
      continue;
    }
    for (const reason of draft.omitted)
      warn(`${method} ${path} has a method that leaves out what cannot be sent: ${reason}.`);
    const pages = readPagination(document, draft);
    if (pages && 'unsupported' in pages)
      warn(`${method} ${path} cannot be iterated: ${pages.unsupported}.`, 'x-pagination');
    const pagination = pages && 'paged' in pages ? pages.paged : undefined;
    named.push({ ...operation, ...nameOperation(draft, operation.stream), pagination, object });
  }
  return { all, named, warnings, types: types.used, security };
}

function readOperation(
  document: Document,
  types: SchemaTypes,
  draft: Draft,
  security: SecuritySchemes,
): Operation {
  const { object, unsupported } = draft;
  if (draft.method === 'trace') unsupported.push('fetch does not send TRACE');
  for (const parameter of draft.parameters) {
    const reason = whyUnwritable(document, parameter);
    if (reason === undefined) continue;
    if (parameter.required || parameter.in === 'path') unsupported.push(reason);
    else {
      draft.omitted.push(reason);
      draft.unwritable.push(parameter);
    }
  }
  const wanted = security.unsupported(object);
  const parts = {
    pathParameters: readPathParameters(document, types, draft),
    query: readFormParameters(document, types, draft, 'query'),
    headers: readHeaderParameters(document, types, draft),
    cookies: readFormParameters(document, types, draft, 'cookie'),
    body: readBody(document, types, draft),
    success: readSuccess(document, types, draft),
    stream: readStream(document, types, draft),
    errors: readErrors(document, types, draft),
    server: readServer(document, draft),
    security: security.of(object),
    idempotencyHeader: idempotencyHeader(draft),
  };
  if (wanted !== undefined) unsupported.push(`it requires the security ${wanted}`);
  return {
    ...parts,
    object,
    method: object['x-sent-as'] ?? draft.method.toUpperCase(),
    path: object['x-sent-as'] ? draft.path.replace(/ [^ ]+$/, '') : draft.path,
    unsupported: unsupported[0],
  };
}

/** Servers whose address the caller has to complete. */
function warningsOnServers(document: Document, drafts: Draft[]): Warning[] {
  if (readBaseUrl(document) === '')
    return [
      {
        pointer: '#/servers/0/url',
        message: `The address ${addressOf(document)} has a variable without a default. Pass baseUrl: serverUrl(...) to createClient.`,
      },
    ];
  return drafts
    .filter((draft) => readServer(document, draft) === '')
    .map((draft) => ({
      pointer: pointerTo('paths', draft.path, draft.method),
      message: `The server of ${draft.method.toUpperCase()} ${draft.path} has a variable without a default, or is not a URL. Calls need a client with a baseUrl.`,
    }));
}

function operationNames(drafts: Draft[], types: SchemaTypes) {
  const methodNames = new Names(methodReserved);
  const errorNames = new Names([...typeReserved, ...types.names.values()]);
  const given = new Set(drafts.flatMap(({ object }) => object.operationId ?? []).filter(isIdentifier));
  return (
    { path, method, object }: Draft,
    stream: Stream | undefined,
  ): Pick<NamedOperation, 'name' | 'id' | 'errorsName' | 'streamName'> => {
    const wanted = object.operationId ?? `${method} ${path}`;
    // A derived name avoids the operationIds, so that adding an operation does not rename another method.
    const name = isIdentifier(wanted) ? methodNames.take(wanted) : methodNames.take(camelCase(wanted), given);
    const streamName = stream && !stream.alone ? methodNames.take(`${name}Stream`, given) : stream && name;
    return {
      name,
      streamName,
      id: object.operationId ?? `${method.toUpperCase()} ${path}`,
      errorsName: errorNames.take(`${upperFirst(name)}Errors`),
    };
  };
}
