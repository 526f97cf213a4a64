import {
  type Document,
  type Pagination,
  type Parameter,
  type Reference,
  resolve,
  type Schema,
} from './document.ts';
import { chooseMedia } from './media-types.ts';
import type { Site } from './site.ts';

/**
 * How the pages of an operation follow each other, where its contract says so. Other contracts use the same key for
 * other things, so only what fits the query and the answer counts.
 */
export function readPagination(document: Document, { object, parameters }: Site): Pagination | undefined {
  const pagination = object['x-pagination'];
  const { page, items, hasNext }: Partial<Pagination> = Object(pagination);
  const parameter = parameters.find((each) => each.in === 'query' && each.name === page);
  if (!countsPages(document, parameter) || !items || !hasNext) return undefined;
  const status = Object.keys(object.responses ?? {}).find((each) => each.startsWith('2'));
  const response = status && object.responses?.[status];
  const schema = response && chooseMedia(resolve(document, response).content)?.schema;
  if (!schema) return undefined;
  const field = (name: string) => requiredField(document, schema, name);
  return field(items)?.type === 'array' && field(hasNext) ? pagination : undefined;
}

function countsPages(document: Document, parameter: Parameter | undefined): boolean {
  const schema = resolve<Schema>(document, parameter?.schema ?? {});
  const numeric = schema.type === 'integer' || schema.type === 'number';
  return numeric && !schema.nullable && !schema.enum && schema.const === undefined;
}

function requiredField(document: Document, node: Schema | Reference, name: string): Schema | undefined {
  const { properties = {}, required = [], allOf = [] } = resolve<Schema>(document, node);
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (property && required.includes(name)) return resolve<Schema>(document, property);
  return allOf.map((part) => requiredField(document, part, name)).find(Boolean);
}
