import { allowOrigin, isPreflight } from './cors.ts';
import type { Exchange } from './exchange.ts';
import type { Prism, PrismResponse, Violation } from './prism.ts';
import { type Refusal, refusalOf } from './refusals.ts';

/**
 * Responds to a request with Prism. It refuses requests that Prism fails on, accepts against the contract, or gives a
 * misleading response, in the same form as Prism.
 *
 * @param onExchange called for each request after its response
 */
export function createHandler(
  prism: Prism,
  onExchange: (exchange: Exchange) => void,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (isPreflight(request)) return allowBrowsers(new Headers(), request, 204);
    const { pathname, search } = new URL(request.url);
    const path = prism.withoutBasePath(pathname + search);
    const asked = { method: request.method, path, headers: request.headers, body: await request.text() };
    const refusal = refusalOf(asked, prism.operationOf(asked));
    const { status, headers, text, violations } = refusal ? refuse(refusal) : await prism.mock(asked);
    onExchange({
      method: request.method,
      path: pathname + search,
      prefer: request.headers.get('prefer') ?? undefined,
      status,
      body: text,
      violations,
    });
    if (violations.length > 0) headers.set('sl-violations', headerOf(violations));
    return allowBrowsers(headers, request, status, text);
  };
}

function refuse({ status, title, detail, location }: Refusal): PrismResponse & { violations: Violation[] } {
  return {
    status,
    headers: new Headers({ 'content-type': 'application/problem+json' }),
    text: JSON.stringify({ title, status, detail }),
    violations: [{ location, code: 'mock', message: detail }],
  };
}

/** The largest value of a header that Node reads, with room for the others. */
const longestHeader = 8 * 1024 - 100;

/** In ASCII, as the messages quote the request; only as many as fit. */
function headerOf(violations: Violation[]): string {
  const text = JSON.stringify(violations).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length <= longestHeader ? text : headerOf(violations.slice(0, -1));
}

/** The mock holds no data, so every page may call it and read its response. */
function allowBrowsers(headers: Headers, request: Request, status: number, text = ''): Response {
  allowOrigin('*', request, headers);
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : text, { status, headers });
}
