import { type Content, type Document, resolve, type Schema } from '../../openapi/document.ts';
import { streamKind } from '../../openapi/media-types.ts';
import { forEachContent } from './media-types.ts';
import { isObject } from './walk.ts';

type Media = Content[string] & { itemSchema?: Schema };

/**
 * Sets the schema of a stream to that of one item: the data of an event, the value of a line. OpenAPI 3.2 has
 * `itemSchema` for it, which openapi-typescript does not support. Before, authors wrote `schema` for one item, or for
 * the array of all items.
 */
export function readItemSchemas(document: Document): void {
  forEachContent(document, (content) => {
    for (const [key, media] of Object.entries(content) as [string, Media][]) {
      const kind = streamKind(key);
      if (!kind) continue;
      const item = readItem(document, kind, media);
      delete media.itemSchema;
      if (item) media.schema = item;
    }
  });
}

function readItem(
  document: Document,
  kind: 'events' | 'lines',
  { itemSchema, schema }: Media,
): Media['schema'] {
  if (itemSchema) return kind === 'events' ? dataOf(document, itemSchema) : itemSchema;
  return schema && kind === 'lines' ? itemOf(document, schema) : schema;
}

/** An `itemSchema` of events describes the whole event; its data can hold JSON. */
function dataOf(document: Document, event: Schema): Schema {
  const { properties = {} } = resolve<Schema>(document, event);
  const data = resolve<Schema & { contentSchema?: Schema }>(document, properties.data ?? {});
  return isObject(data.contentSchema) ? (data.contentSchema as Schema) : { type: 'string' };
}

function itemOf(document: Document, schema: Schema | { $ref: string }): Schema | { $ref: string } {
  const { type, items } = resolve<Schema & { items?: Schema }>(document, schema);
  return type === 'array' && items ? items : schema;
}
