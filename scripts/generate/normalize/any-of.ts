import type { Document } from '../client/document.ts';
import type { Remark } from './remark.ts';
import { forEachSchema } from './walk.ts';

const others = ['type', 'properties', 'additionalProperties', 'patternProperties', 'allOf', 'oneOf', '$ref'];

/**
 * Puts an anyOf that stands beside other keywords into an allOf with them: both count. openapi-typescript takes what
 * stands beside it for one more alternative: its issue 2380.
 */
export function joinAnyOf(document: Document, _remarks: Remark[]): void {
  forEachSchema(document, ({ schema }) => {
    const { anyOf, allOf = [], type, properties } = schema;
    if (!Array.isArray(anyOf) || !others.some((key) => key in schema)) return;
    // An object of which nothing else is said adds nothing to the alternatives.
    if (type === 'object' && !properties && others.filter((key) => key in schema).length === 1) return;
    schema.allOf = [...allOf, { anyOf }];
    delete schema.anyOf;
  });
}
