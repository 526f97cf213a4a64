import type { Content, Document, OperationObject, PathItem } from '../../openapi/document.ts';
import { escapePointer } from '../../openapi/pointer.ts';
import type { Warning } from '../warning.ts';
import { forEachContent } from './media-types.ts';
import { isObject } from './walk.ts';

type PathItem32 = PathItem & {
  query?: OperationObject;
  additionalOperations?: Record<string, OperationObject>;
};

/** Methods that fetch refuses to send. */
const FORBIDDEN = ['CONNECT', 'TRACE', 'TRACK'];

/**
 * Rewrites OpenAPI 3.2 as 3.1, which openapi-typescript supports. An operation with another method becomes the POST of
 * a separate path, `/parcels QUERY`, whose entry in `paths` is removed from the types again.
 */
export function readOpenApi32(document: Document & { openapi?: string }, warnings: Warning[]): void {
  if (!document.openapi?.startsWith('3.2')) return;
  document.openapi = '3.1.1';
  inlineMediaTypes(document);
  for (const [path, node] of Object.entries(document.paths ?? {})) {
    if (!isObject(node)) continue;
    const item = node as PathItem32;
    const { query, additionalOperations = {} } = item;
    const place = `#/paths/${escapePointer(path)}`;
    for (const [method, operation] of Object.entries({
      ...(query && { QUERY: query }),
      ...additionalOperations,
    })) {
      if (FORBIDDEN.includes(method)) continue;
      addOperation(document, path, item, method, operation);
      const key = operation === query ? 'query' : `additionalOperations/${escapePointer(method)}`;
      warnings.push({
        pointer: `${place}/${key}`,
        message: `${method} ${path} has a method. Prism does not know ${method}, so a mock responds with 404, and the fetch client has no types for it: call it by request().`,
      });
    }
    delete item.query;
    delete item.additionalOperations;
  }
}

function addOperation(
  document: Document,
  path: string,
  { parameters, servers }: PathItem32,
  method: string,
  operation: OperationObject,
): void {
  const added: OperationObject = {
    ...operation,
    operationId: operation.operationId ?? `${method.toLowerCase()} ${path}`,
    'x-sent-as': method,
    // QUERY is a safe method (see RFC 9110, 9.2.1).
    ...(method === 'QUERY' && { 'x-idempotent': true }),
  };
  document.paths = {
    ...document.paths,
    [`${path} ${method}`]: { ...(parameters && { parameters }), ...(servers && { servers }), post: added },
  };
}

/** A media type can be a reference to `components.mediaTypes`. */
function inlineMediaTypes(document: Document): void {
  const { mediaTypes = {} } = (document.components ?? {}) as { mediaTypes?: Content };
  forEachContent(document, (content) => {
    for (const [key, media] of Object.entries(content)) {
      const name = /^#\/components\/mediaTypes\/(.+)$/.exec((media as { $ref?: string }).$ref ?? '')?.[1];
      const target =
        name === undefined ? undefined : mediaTypes[name.replaceAll('~1', '/').replaceAll('~0', '~')];
      if (target) content[key] = { ...target };
    }
  });
}
