import type { Input } from './method-client.ts';
import { invalidResponse, type ResponseSource } from './response.ts';

/** How the pages of a list follow each other. */
export interface Paging {
  /** Where a page holds its items; empty where the page itself is the list. */
  items: FieldPath;
  next: NextPage;
}

/** Names of fields, each within the one before it. */
export type FieldPath = readonly string[];

/** What changes in a call to request the page after this one; undefined after the last. */
export type NextPage = (page: PageOf) => Pick<Input, 'query' | 'url'> | undefined;

interface PageOf {
  body: unknown;
  items: readonly unknown[];
  /** Of the request that returned it. */
  query: Record<string, unknown>;
  source: ResponseSource;
}

/** Where a page says whether others follow, or how many items there are. Without either, an empty page is the last. */
interface End {
  hasNext?: FieldPath;
  total?: FieldPath;
}

/** A query parameter counts the pages from 1. */
export function byPage(parameter: string, { hasNext }: Pick<End, 'hasNext'>): NextPage {
  return ({ body, items, query, source }) => {
    // A page past the last can repeat the last one, so that only its field ends the list.
    const more = hasNext ? readFlag(body, hasNext, source) : items.length > 0;
    // A query can hold the number as a string, whatever its type says.
    return more ? { query: { ...query, [parameter]: Number(query[parameter] ?? 1) + 1 } } : undefined;
  };
}

/** A query parameter counts the items that are skipped. */
export function byOffset(parameter: string, { hasNext, total }: End): NextPage {
  return ({ body, items, query, source }) => {
    const offset = Number(query[parameter] ?? 0) + items.length;
    const more = hasNext
      ? readFlag(body, hasNext, source)
      : !total || offset < Number(readField(body, total));
    return more && items.length > 0 ? { query: { ...query, [parameter]: offset } } : undefined;
  };
}

/** A query parameter takes a value that a page has for the next one, or a field of the last item. */
export function byCursor(
  parameter: string,
  { next, lastItem, hasNext }: { next?: FieldPath; lastItem?: FieldPath; hasNext?: FieldPath },
): NextPage {
  return ({ body, items, query, source }) => {
    if (hasNext && !readFlag(body, hasNext, source)) return undefined;
    const cursor = next ? readField(body, next) : lastItem && readField(items.at(-1), lastItem);
    return cursor === undefined || cursor === null || cursor === ''
      ? undefined
      : { query: { ...query, [parameter]: cursor } };
  };
}

/** A page has the address of the next one, in a field or in the header `Link` (RFC 8288). */
export function byLink(field: FieldPath | undefined): NextPage {
  return ({ body, source }) => {
    const header = source.response.headers.get('link') ?? '';
    const link = field
      ? readField(body, field)
      : /<([^>]*)>\s*;[^,]*\brel="?(?:[^",;]* )?next\b/i.exec(header)?.[1];
    if (typeof link !== 'string' || link === '') return undefined;
    const url = URL.canParse(link, source.url) ? new URL(link, source.url) : undefined;
    const { origin } = new URL(source.url);
    if (url?.origin !== origin)
      throw invalidResponse(
        `a link to its next page that does not lead to ${origin}: the API key goes nowhere else.`,
        source,
      );
    return { url: url.href };
  };
}

/** The items of a page. @throws {InvalidResponseError} */
export function readItems(body: unknown, path: FieldPath, source: ResponseSource): unknown[] {
  const items = readField(body, path);
  if (Array.isArray(items)) return items;
  const place = path.length > 0 ? ` "${path.join('.')}"` : '';
  throw invalidResponse(`a page without a list${place}.`, source);
}

function readFlag(body: unknown, path: FieldPath, source: ResponseSource): boolean {
  const flag = readField(body, path);
  if (typeof flag === 'boolean') return flag;
  throw invalidResponse(`a page without a boolean "${path.join('.')}".`, source);
}

function readField(value: unknown, path: FieldPath): unknown {
  return path.reduce((part, name) => Object(part)[name], value);
}
