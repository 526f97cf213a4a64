import type { Document } from '../../openapi/document.ts';
import type { Warning } from '../warning.ts';
import { forEachSchema } from './walk.ts';

/** Warns once if integers of the contract can be larger than JSON.parse can represent. */
export function warnOfLargeIntegers(document: Document, warnings: Warning[]): void {
  let count = 0;
  let first = '';
  forEachSchema(document, ({ schema, pointer }) => {
    if (schema.format !== 'int64' && schema.format !== 'uint64') return;
    if (schema.type === 'string') return;
    if (count++ === 0) first = pointer();
  });
  if (count === 0) return;
  warnings.push({
    pointer: first,
    message: `${count === 1 ? 'One schema is' : `${count} schemas are, as this one,`} int64: an integer beyond 2^53 reaches you rounded. Request a string if the service offers one.`,
  });
}
