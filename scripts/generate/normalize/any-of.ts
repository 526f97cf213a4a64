import type { Document } from '../../openapi/document.ts';
import { forEachSchema } from './walk.ts';

const others = ['type', 'properties', 'additionalProperties', 'patternProperties', 'allOf', 'oneOf', '$ref'];

/**
 * Moves an anyOf with other keywords next to it into an allOf with them, as both apply. openapi-typescript treats the
 * other keywords as another alternative: its issue 2380.
 */
export function joinAnyOf(document: Document): void {
  forEachSchema(document, ({ schema }) => {
    const { anyOf, allOf = [], type, properties } = schema;
    if (!Array.isArray(anyOf) || !others.some((key) => key in schema)) return;
    // An object without further keywords adds nothing to the alternatives.
    if (type === 'object' && !properties && others.filter((key) => key in schema).length === 1) return;
    schema.allOf = [...allOf, { anyOf }];
    delete schema.anyOf;
  });
}
