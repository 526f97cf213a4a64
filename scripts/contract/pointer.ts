import { unescapePointerFragment } from '@redocly/openapi-core';
import type { Node } from './rules/node.ts';

/** The value at a JSON pointer or, if it does not exist, the last object on the path and the missing key. */
export function valueAt(document: unknown, pointer: string) {
  let found = document;
  let path = '';
  for (const escaped of pointer
    .replace(/^#?\/?/, '')
    .split('/')
    .filter(Boolean)) {
    const key = unescapePointerFragment(escaped);
    path += `/${escaped}`;
    const parent = found;
    if (typeof parent !== 'object' || parent === null) return { path, key };
    if (!Object.hasOwn(parent, key)) return { parent, path, key };
    found = (parent as Node)[key];
  }
  return { found, path, key: '' };
}
