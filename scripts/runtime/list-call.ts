import type { ApiCall } from './pending-call.ts';

/**
 * The call of a list. Awaited, it gives the page that was asked for. Iterated, it gives every item from that page on,
 * and asks for the next page when it gets there: `for await (const item of client.list(...))`.
 */
export interface ListCall<Page, Item, Bodies = unknown> extends ApiCall<Page, Bodies>, AsyncIterable<Item> {
  /** Page by page, from the one that was asked for. */
  pages(): AsyncIterable<Page>;
}

/**
 * @param fetchPage calls the operation; without a number, as its caller asked
 * @param first the page that the caller asked for, counted from 1
 * @param items the field of a page that holds its items
 * @param hasNext the field that tells whether there is a further page. It alone ends the list: a page past the last
 *   repeats the last one (/cookbooks/pagination)
 */
export function startList<Page, Item, Bodies>(
  fetchPage: (page?: number) => ApiCall<Page, Bodies>,
  first: number | undefined,
  items: keyof Page,
  hasNext: keyof Page,
): ListCall<Page, Item, Bodies> {
  const firstCall = fetchPage();

  async function* pages() {
    let page = await firstCall;
    yield page;
    for (let number = (first ?? 1) + 1; page[hasNext]; number++) {
      page = await fetchPage(number);
      yield page;
    }
  }

  async function* iterate() {
    for await (const page of pages()) yield* page[items] as Iterable<Item>;
  }

  return Object.assign(firstCall, { pages, [Symbol.asyncIterator]: iterate });
}
