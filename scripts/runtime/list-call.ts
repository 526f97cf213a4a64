import type { ApiCall } from './api-call.ts';
import type { CallOperation, Input } from './method-client.ts';
import { type Paging, readItems } from './paging.ts';
import { decodeJson, invalidResponse } from './response.ts';

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
  next: Partial<Input> | undefined;
}

/** Calls the operation of a list; the generated methods give it their types. */
export function callList<Data, Item, Bodies>(
  call: CallOperation,
  [operation, method, path, options, input]: Parameters<CallOperation>,
  paging: Paging,
): ListCall<Data, Item, Bodies> {
  /** A call whose data is the body, and what `pages` needs to go on once it has succeeded. */
  function fetchPage(changes: Partial<Input>, before?: Page<Data>) {
    const changed = { ...input, ...changes };
    let page: Page<Data> | undefined;
    const pending = call<Data, Bodies>(operation, method, path, options, {
      ...changed,
      decode(content, expected, source) {
        const body = decodeJson(content, expected, source);
        const items = readItems(body, paging.items, source);
        const query = (changed.query ?? {}) as Record<string, unknown>;
        const next = paging.next({ body, items, query, source });
        if (before && next && JSON.stringify(items) === JSON.stringify(before.items))
          throw invalidResponse('the items of the page before, and says that more follow.', source);
        page = { body: body as Data, items, next };
        return body;
      },
    });
    const read = async () => {
      await pending;
      return page as Page<Data>;
    };
    return { pending, read };
  }

  const first = fetchPage({});
  // Whoever iterates later meets the error then.
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
