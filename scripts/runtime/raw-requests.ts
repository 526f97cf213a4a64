import createFetchClient from 'openapi-fetch';
import type { Settings } from './options.ts';
import type { Call, Send } from './transport.ts';

type FetchClient = ReturnType<typeof createFetchClient>;

/**
 * An openapi-fetch client whose requests go through the transport. What it needs of the other modules is handed in:
 * bundlers would otherwise split those off for it, and make the client without it larger.
 */
export function createClientOver(
  send: Send,
  settings: Settings,
  pathSerializer: (template: string, parameters: Record<string, unknown>) => string,
): FetchClient {
  async function sendRequest(request: Request): Promise<Response> {
    const { method, headers, signal } = request;
    const idempotent = method === 'GET' || method === 'HEAD';
    const call: Call = {
      method,
      path: new URL(request.url).pathname,
      idempotent,
      options: { signal },
      attempts: 0,
      outcome: 'not-sent',
    };
    // A request's body can be read once; its bytes can be sent again.
    const bytes = idempotent ? null : await request.arrayBuffer();
    const outgoing = { target: request, method, headers: Object.fromEntries(headers), body: bytes };
    const { response, body } = await send(outgoing, call, (received) => received.arrayBuffer());
    return new Response(body?.byteLength ? body : null, response);
  }

  const { baseUrl, headers } = settings;
  return createFetchClient({ baseUrl, headers, pathSerializer, fetch: sendRequest });
}
