import type { ApiCall } from './api-call.ts';
import type { CallOperation, Input } from './method-client.ts';
import { type Decode, decodeJson, invalidResponse } from './response.ts';

/**
 * The call of a list. Awaited, it returns the page that you asked for. Iterated, it yields every item from that page on,
 * and requests the next page when it gets there: `for await (const item of client.list(...))`.
 */
export interface ListCall<Page, Item, Bodies = unknown> extends ApiCall<Page, Bodies>, AsyncIterable<Item> {
  /** Page by page, from the one that was asked for. */
  pages(): AsyncIterable<Page>;
}

/** How the pages of a list follow each other. */
export interface Paging {
  /** The query parameter that counts the pages from 1. */
  page: string;
  /** The field of a page that holds its items. */
  items: string;
  /**
   * The field that tells whether there is a further page. It alone ends the list: a page past the last can repeat the
   * last one.
   */
  hasNext: string;
}

type Page = Record<string, unknown>;

/** Calls the operation of a list; the generated methods give it their types. */
export function callList<Data, Item, Bodies>(
  call: CallOperation,
  [operation, method, path, options, input]: Parameters<CallOperation>,
  paging: Paging,
): ListCall<Data, Item, Bodies> {
  const { page, items, hasNext } = paging;
  const query = input.query as Page | undefined;
  const fetchPage = (changes: Partial<Input>) =>
    call<Page, Bodies>(operation, method, path, options, { ...input, ...changes });
  const firstCall = fetchPage({ decode: pageDecoder(paging) });
  // Whoever iterates later meets the error then.
  firstCall.then(undefined, () => {});

  async function* pages() {
    let current = await firstCall;
    yield current;
    // A query can hold the number as a string, whatever its type says.
    for (let number = Number(query?.[page] ?? 1) + 1; current[hasNext]; number++) {
      const decode = pageDecoder(paging, current[items]);
      current = await fetchPage({ query: { ...query, [page]: number }, decode });
      yield current;
    }
  }

  async function* iterate() {
    for await (const each of pages()) yield* each[items] as Item[];
  }

  return Object.assign(firstCall, { pages, [Symbol.asyncIterator]: iterate }) as object as ListCall<
    Data,
    Item,
    Bodies
  >;
}

/** Accepts a page with its items that tells whether it is the last, and no page twice. */
function pageDecoder({ items, hasNext }: Paging, before?: unknown): Decode {
  return (content, expected, source) => {
    const page = decodeJson(content, expected, source) as Page;
    if (!Array.isArray(page[items]) || typeof page[hasNext] !== 'boolean')
      throw invalidResponse(`a page without a list "${items}" and a boolean "${hasNext}".`, source);
    if (before && page[hasNext] && JSON.stringify(page[items]) === JSON.stringify(before))
      throw invalidResponse('the items of the page before, and says that more follow.', source);
    return page;
  };
}
