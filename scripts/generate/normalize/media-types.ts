import type { Content, Document, Schema } from '../../openapi/document.ts';
import { resolve } from '../../openapi/document.ts';
import { isObject, partsOf } from './walk.ts';

/**
 * Replaces the media type `*\/*`, which springdoc writes for every response, by one that fits the schema: a string is
 * text, bytes stay unchanged, and everything else is JSON.
 */
export function readAnyMediaType(document: Document): void {
  forEachContent(document, (content) => {
    for (const key of Object.keys(content)) {
      const name = /^(\*|application)\/\*$/.test(key) ? mediaTypeFor(document, content[key]) : undefined;
      if (name === undefined || name in content) continue;
      content[name] = content[key] ?? {};
      delete content[key];
    }
  });
}

function mediaTypeFor(document: Document, media: Content[string] | undefined): string | undefined {
  if (!isObject(media?.schema)) return undefined;
  const { type, format, ...schema } = resolve<Schema>(document, media.schema);
  if (format === 'binary' || 'contentMediaType' in schema) return undefined;
  return type === 'string' && !schema.enum ? 'text/plain' : 'application/json';
}

/** Visits each `content` of a document: of requests, responses, parameters and headers. */
export function forEachContent(node: object, visit: (content: Content) => void): void {
  if ('content' in node && isObject(node.content)) visit(node.content as unknown as Content);
  for (const { keyword, value } of partsOf(node))
    if (keyword !== 'schema' && keyword !== 'schemas') forEachContent(value, visit);
}
