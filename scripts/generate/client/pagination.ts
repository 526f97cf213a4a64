import {
  type Document,
  type Pagination,
  type Parameter,
  type Reference,
  resolve,
  type Schema,
} from '../../openapi/document.ts';
import { chooseMedia } from '../../openapi/media-types.ts';
import { type ContractOperation, successStatuses } from '../../openapi/operations.ts';
import { Code } from './text.ts';

/** How to iterate over the list of an operation. */
export interface Paged {
  /** The path of fields to the items, each with whether it is required. */
  items: Field[];
  /** The call of a runtime function that finds the next page. */
  next: Code;
}

interface Field {
  name: string;
  required: boolean;
}

/** Reads `x-pagination` of an operation. @returns the pagination, or the reason why it does not fit the operation */
export type Pages = { paged: Paged } | { unsupported: string } | undefined;

/** Other tools use the same key for other things: ignore an object without our keys. */
export function readPagination(document: Document, operation: ContractOperation): Pages {
  const pagination = operation.object['x-pagination'];
  const {
    items = '',
    page,
    offset,
    cursor,
    next,
    lastItem,
    link,
    hasNext,
    total,
  }: Pagination = Object(pagination);
  const parameter = page ?? offset ?? cursor;
  if (typeof (parameter ?? link) !== 'string') return undefined;
  const schema = responseSchema(operation);
  const path = (field: string | undefined) => field?.split('.');
  const itemFields = items === '' ? [] : schema && readFields(document, schema, items.split('.'));
  const list = itemFields && (itemFields.at(-1)?.schema ?? schema);
  if (!list || resolve<Schema>(document, list).type !== 'array')
    return { unsupported: `no list "${items}" is in its response` };
  const missing = [next, hasNext, total, link === 'header' ? undefined : link].find(
    (field) => field !== undefined && !(schema && readFields(document, schema, field.split('.'))),
  );
  if (missing !== undefined) return { unsupported: `no field "${missing}" is in its response` };
  const found = operation.parameters.find((each) => each.in === 'query' && each.name === parameter);
  if (parameter !== undefined && !found) return { unsupported: `it has no query parameter "${parameter}"` };
  if (cursor === undefined && parameter !== undefined && !counts(document, found))
    return { unsupported: `its query parameter "${parameter}" is not a number` };
  const fields = itemFields.map(({ name, required }) => ({ name, required }));
  const paged = (strategy: string, ...input: unknown[]) => ({
    paged: { items: fields, next: new Code(strategy, input) },
  });
  const more = path(hasNext);
  if (page !== undefined) return paged('byPage', page, { hasNext: more });
  if (offset !== undefined) return paged('byOffset', offset, { hasNext: more, total: path(total) });
  if (cursor !== undefined)
    return paged('byCursor', cursor, { next: path(next), lastItem: path(lastItem), hasNext: more });
  return paged('byLink', link === 'header' ? undefined : path(link));
}

function responseSchema(operation: ContractOperation): Schema | Reference | undefined {
  const [status = ''] = successStatuses(operation);
  return chooseMedia(operation.responses.get(status)?.content)?.schema;
}

function counts(document: Document, parameter: Parameter | undefined): boolean {
  const schema = resolve<Schema>(document, parameter?.schema ?? {});
  const numeric = schema.type === 'integer' || schema.type === 'number';
  return numeric && !schema.nullable && !schema.enum && schema.const === undefined;
}

/** The fields of a path through objects; undefined if one of them does not exist. */
function readFields(
  document: Document,
  node: Schema | Reference,
  [name, ...rest]: string[],
): (Field & { schema: Schema | Reference })[] | undefined {
  if (name === undefined) return [];
  const field = readField(document, node, name);
  const further = field && readFields(document, field.schema, rest);
  return field && further && [{ name, ...field }, ...further];
}

function readField(
  document: Document,
  node: Schema | Reference,
  name: string,
): { schema: Schema | Reference; required: boolean } | undefined {
  const { properties = {}, required = [], allOf = [] } = resolve<Schema>(document, node);
  const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (schema)
    return { schema, required: required.includes(name) && !resolve<Schema>(document, schema).nullable };
  return allOf.map((part) => readField(document, part, name)).find(Boolean);
}
