import { type Document, methods, type PathItem, type Reference, resolve } from '../../openapi/document.ts';
import { escapePointer } from '../../openapi/pointer.ts';
import type { Warning } from '../warning.ts';
import { isObject } from './walk.ts';

/**
 * Keeps the operations of paths, each with a unique id.
 *
 * Operations below a key that is not a path, such as an extension, do not belong to the contract. If two have the same
 * operationId, like GET and HEAD of one handler, the first keeps it and the other is named after its path;
 * openapi-typescript would write the types of both under one key: its issue 573.
 */
export function separateOperations(document: Document, warnings: Warning[]): void {
  const paths = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    path.startsWith('/') && isObject(item) ? [[path, withoutReference(document, item)] as const] : [],
  );
  document.paths = Object.fromEntries(paths);
  const taken = new Map<string, string>();
  for (const [path, item] of paths) {
    for (const method of methods) {
      const operation = item[method];
      const id = operation?.operationId;
      if (!operation || id === undefined) continue;
      const first = taken.get(id);
      if (id !== '' && first === undefined) taken.set(id, `${method.toUpperCase()} ${path}`);
      else {
        item[method] = { ...operation };
        delete item[method].operationId;
        warnings.push({
          pointer: `#/paths/${escapePointer(path)}/${method}/operationId`,
          message: `The operationId "${id}" belongs to ${first ?? 'nothing'}. ${method.toUpperCase()} ${path} is named after its path instead.`,
        });
      }
    }
  }
}

/** A path can refer to another path: then its operations are here as well. */
function withoutReference(document: Document, item: PathItem | Reference): PathItem {
  if (!('$ref' in item) || !item.$ref.startsWith('#/paths/')) return item as PathItem;
  const { $ref: _, ...own } = item;
  return { ...structuredClone(resolve<PathItem>(document, item)), ...own };
}
