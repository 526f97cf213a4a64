import { type Document, methods, type PathItem } from '../../openapi/document.ts';
import { escapePointer } from '../../openapi/pointer.ts';
import type { Remark } from '../remark.ts';
import { isObject } from './walk.ts';

/**
 * Keeps the operations of paths, each with a unique id.
 *
 * Operations below a key that is not a path, such as an extension, do not belong to the contract. If two have the same
 * operationId, like GET and HEAD of one handler, the first keeps it and the other is named after its path;
 * openapi-typescript would write the types of both under one key: its issue 573.
 */
export function separateOperations(document: Document, remarks: Remark[]): void {
  const paths = Object.entries(document.paths ?? {}).filter(
    ([path, item]) => path.startsWith('/') && isObject(item),
  );
  document.paths = Object.fromEntries(paths);
  const taken = new Map<string, string>();
  for (const [path, node] of paths) {
    const item = node as PathItem;
    for (const method of methods) {
      const operation = item[method];
      const id = operation?.operationId;
      if (!operation || id === undefined) continue;
      const first = taken.get(id);
      if (id !== '' && first === undefined) taken.set(id, `${method.toUpperCase()} ${path}`);
      else {
        item[method] = { ...operation };
        delete item[method].operationId;
        remarks.push({
          pointer: `#/paths/${escapePointer(path)}/${method}/operationId`,
          message: `The operationId "${id}" belongs to ${first ?? 'nothing'}. ${method.toUpperCase()} ${path} is named after its path instead.`,
        });
      }
    }
  }
}
