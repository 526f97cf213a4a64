import type { Document, Parameter } from '../../openapi/document.ts';
import { kindsOf } from '../../openapi/document.ts';
import { chooseMedia } from '../../openapi/media-types.ts';
import { isObject } from './walk.ts';

/**
 * Rewrites a parameter with JSON `content` as a `schema` and the style `json`, which is not part of the standard. One
 * with plain text has the default style. openapi-typescript writes `string` for every parameter with `content`.
 */
export function readParameterContent(document: Document): void {
  for (const parameter of parametersIn(document)) {
    const media = chooseMedia(parameter.content);
    if (media?.kind === 'json') {
      parameter.schema = media.schema ?? {};
      parameter.style = 'json';
    } else if (media?.kind === 'text' && !isCompound(document, media.schema))
      parameter.schema = media.schema ?? { type: 'string' };
    else continue;
    delete parameter.content;
  }
}

function isCompound(document: Document, schema: Parameter['schema']): boolean {
  const kinds = kindsOf(document, schema);
  return kinds.has('array') || kinds.has('object');
}

function parametersIn(document: Document): Parameter[] {
  const { components = {}, paths = {} } = document as Pick<Document, 'paths'> & {
    components?: { parameters?: Record<string, Parameter> };
  };
  const items = Object.values(paths).filter(isObject) as object[];
  const operations = items.flatMap((item) => [item, ...Object.values(item).filter(isObject)]);
  const lists = operations.flatMap((each) => (each as { parameters?: unknown }).parameters ?? []);
  return [...Object.values(components.parameters ?? {}), ...lists].filter(isObject) as unknown as Parameter[];
}
