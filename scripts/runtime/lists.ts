import type { ApiCall, CallArguments, CallOperation } from './method-client.ts';
import { own } from './parameters.ts';
import type { Given } from './request.ts';
import { invalidResponse, type ResponseSource } from './response.ts';

/**
 * The call of a list. Awaited, it returns the page that you asked for. Iterated, it yields every item from that page on,
 * and requests the next page when it gets there: `for await (const item of client.list(...))`.
 */
export interface ListCall<Page, Item, Bodies = unknown> extends ApiCall<Page, Bodies>, AsyncIterable<Item> {
  /** Page by page, from the one that was asked for. */
  pages(): AsyncIterable<Page>;
}

interface Page<Body> {
  body: Body;
  items: unknown[];
  /** Undefined after the last one. */
  next: Given | undefined;
}

/** Calls the operation of a list; the generated methods give it their types. */
export function callList<Data, Item, Bodies>(
  call: CallOperation,
  [operation, method, path, options, given]: CallArguments,
  paging: Paging,
): ListCall<Data, Item, Bodies> {
  /** Requests a page. Returns the call for the caller, and the page for `pages` after it has succeeded. */
  function fetchPage(changes: Given, before?: Page<Data>) {
    const changed = { ...given, ...changes };
    let page: Page<Data> | undefined;
    const pending = call<Data, Bodies>([operation, method, path, options, changed], (body, source) => {
      const items = readItems(body, paging.items, source);
      const query = (changed.query ?? {}) as Record<string, unknown>;
      const next = paging.next({ body, items, query, source });
      if (before && next && JSON.stringify(items) === JSON.stringify(before.items))
        throw invalidResponse('the items of the previous page, and says that more follow.', source);
      page = { body: body as Data, items, next };
    });
    const read = async () => {
      await pending;
      return page as Page<Data>;
    };
    return { pending, read };
  }

  const first = fetchPage({});
  // The error is thrown when the caller iterates.
  first.pending.then(undefined, () => {});

  async function* walk() {
    let page = await first.read();
    yield page;
    while (page.next) {
      page = await fetchPage(page.next, page).read();
      yield page;
    }
  }

  async function* pages() {
    for await (const { body } of walk()) yield body;
  }

  async function* iterate() {
    for await (const { items } of walk()) yield* items as Item[];
  }

  return Object.assign(first.pending, { pages, [Symbol.asyncIterator]: iterate });
}

/** How to read a page and find the next one. */
export interface Paging {
  /** The field with the items; empty if the page itself is the array. */
  items: FieldPath;
  next: NextPage;
}

/** Names of nested fields, from the outermost to the innermost. */
type FieldPath = readonly string[];

/** Returns the changes to a call that request the next page; undefined after the last one. */
type NextPage = (page: PageOf) => Pick<Given, 'query' | 'url'> | undefined;

interface PageOf {
  body: unknown;
  items: readonly unknown[];
  /** The query of the request for this page. */
  query: Record<string, unknown>;
  source: ResponseSource;
}

/**
 * The fields that tell whether another page follows, or how many items exist. Without them, an empty page is the last.
 */
interface End {
  hasNext?: FieldPath;
  total?: FieldPath;
}

/** Pagination by a query parameter with the number of the page, from 1. */
export function byPage(parameter: string, { hasNext }: Pick<End, 'hasNext'>): NextPage {
  return ({ body, items, query, source }) => {
    // A service can return the last page again for any later one, so that only the field ends the list.
    const more = hasNext ? readFlag(body, hasNext, source) : items.length > 0;
    // The caller can pass the number as a string, although the type does not allow it.
    return more ? { query: { ...query, [parameter]: Number(own(query, parameter) ?? 1) + 1 } } : undefined;
  };
}

/** Pagination by a query parameter with the number of items to skip. */
export function byOffset(parameter: string, { hasNext, total }: End): NextPage {
  return ({ body, items, query, source }) => {
    const offset = Number(own(query, parameter) ?? 0) + items.length;
    const more = hasNext
      ? readFlag(body, hasNext, source)
      : !total || offset < Number(readField(body, total));
    return more && items.length > 0 ? { query: { ...query, [parameter]: offset } } : undefined;
  };
}

/** Pagination by a cursor: a field of the page, or of its last item, is the query parameter for the next page. */
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

/** Pagination by the URL of the next page, in a field or in the header `Link` (RFC 8288). */
export function byLink(field: FieldPath | undefined): NextPage {
  return ({ body, source }) => {
    const header = source.response.headers.get('link') ?? '';
    const link = field ? readField(body, field) : nextLink(header);
    if (typeof link !== 'string' || link === '') return undefined;
    const url = URL.canParse(link, source.url) ? new URL(link, source.url) : undefined;
    const { origin } = new URL(source.url);
    if (url?.origin !== origin)
      throw invalidResponse(
        `a link to its next page that does not lead to ${origin}: the API key is sent nowhere else.`,
        source,
      );
    return { url: url.href, query: undefined };
  };
}

/** The target of the first link with the relation `next`, in one pass over the header. */
function nextLink(header: string): string | undefined {
  // The parameters of a link: a name, and a value that can be quoted.
  const parameter = /\s*;\s*([\w!#$&+.^`|~*-]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/y;
  for (let start = header.indexOf('<'); start >= 0; start = header.indexOf('<', parameter.lastIndex)) {
    const end = header.indexOf('>', start);
    if (end < 0) return undefined;
    let relations: string | undefined;
    let at = end + 1;
    for (;;) {
      parameter.lastIndex = at;
      const found = parameter.exec(header);
      if (!found) break;
      at = parameter.lastIndex;
      const [, name = '', quoted, token] = found;
      if (name.toLowerCase() === 'rel') relations ??= quoted ?? token;
    }
    if (relations?.toLowerCase().split(/\s+/).includes('next')) return header.slice(start + 1, end);
    // A quote that is not closed: what follows is not a link.
    if (header[at] === '"') return undefined;
    parameter.lastIndex = at;
  }
  return undefined;
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
  return path.reduce((part, name) => own(Object(part), name), value);
}
