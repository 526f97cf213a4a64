import createFetchClient from 'openapi-fetch';
import type { Settings } from './options.ts';
import type { startTimeLimit } from './time-limit.ts';
import type { Call, Send } from './transport.ts';

type FetchClient = ReturnType<typeof createFetchClient>;

type Caller = (...input: unknown[]) => Promise<unknown>;

/**
 * An openapi-fetch client whose requests go through the transport. What it needs of the other modules is handed in:
 * bundlers would otherwise split those off for it, and make the client without it larger.
 */
export function createClientOver(
  send: Send,
  settings: Settings,
  pathSerializer: (template: string, parameters: Record<string, unknown>) => string,
  startLimit: typeof startTimeLimit,
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
  const { use, eject, ...callers } = createFetchClient({
    baseUrl,
    headers,
    pathSerializer,
    fetch: sendRequest,
  });

  // A Request listens to its signal until it is collected: it gets one of its own, and the caller's is let go of.
  function ownSignal(caller: Caller): Caller {
    return async (...input) => {
      const init = typeof input.at(-1) === 'object' ? (input.pop() as RequestInit) : {};
      const { signal, end } = startLimit(Number.POSITIVE_INFINITY, init.signal ?? undefined);
      try {
        return await caller(...input, { ...init, signal });
      } finally {
        end();
      }
    };
  }

  const calls = Object.entries(callers).map(([name, caller]) => [name, ownSignal(caller as Caller)]);
  return { use, eject, ...Object.fromEntries(calls) };
}
