import type { Client as FetchClient } from 'openapi-fetch';
import { InvalidInputError } from './errors.ts';
import type { Settings } from './options.ts';
import type { Call, Send } from './transport.ts';
import { fillPath } from './url.ts';

/** The openapi-fetch client of a contract's paths. */
export type RawClient<Paths extends {}> = FetchClient<Paths, 'application/json'>;

const METHODS = [
  'GET',
  'PUT',
  'POST',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'PATCH',
  'TRACE',
  'request',
  'use',
  'eject',
] as const;

/**
 * An openapi-fetch client over the transport. The library is loaded when the client is first used: whoever calls the
 * methods alone never downloads it. Its calls wait for that, in the order in which they were made.
 */
export function createRawClient<Paths extends {}>(settings: Settings, send: Send): RawClient<Paths> {
  let loading: Promise<Record<string, (...input: never) => unknown>> | undefined;

  async function load() {
    const { default: createFetchClient } = await import('openapi-fetch');
    return createFetchClient({
      baseUrl: settings.baseUrl,
      headers: settings.headers,
      pathSerializer: fillPath,
      fetch: sendRequest,
    }) as object as Record<string, (...input: never) => unknown>;
  }

  async function sendRequest(request: Request): Promise<Response> {
    const { method, url, headers, signal } = request;
    const { origin, pathname } = new URL(url);
    const idempotent = method === 'GET' || method === 'HEAD';
    const call: Call = {
      method,
      path: pathname,
      idempotent,
      options: { signal },
      attempts: 0,
      outcome: 'not-sent',
    };
    if (origin !== settings.origin)
      throw new InvalidInputError(
        `was not sent: the API key goes to ${settings.origin} alone, not to ${origin}.`,
        call,
      );
    // A request's body can be read once; its bytes can be sent again.
    const bytes = idempotent ? null : await request.arrayBuffer();
    const outgoing = { target: request, method, headers: Object.fromEntries(headers), body: bytes };
    const { response, body } = await send(outgoing, call, (received) => received.arrayBuffer());
    return new Response(body?.byteLength ? body : null, response);
  }

  return Object.fromEntries(
    METHODS.map((name) => [
      name,
      async (...input: never) => {
        loading ??= load();
        return (await loading)[name]?.(...input);
      },
    ]),
  ) as object as RawClient<Paths>;
}
