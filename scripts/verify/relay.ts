import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** The response of the service to one request. */
export interface ServiceResponse {
  status: number;
  headers: Headers;
  text: string;
}

export interface Relay {
  url: URL;
  /** The value that each call sends in the header `x-verify-ticket`, and instead of the key. */
  ticket: string;
  /** Returns the response to the last request, or the error, once. */
  take(): ServiceResponse | { problem: string } | undefined;
  close(): Promise<void>;
}

/**
 * A proxy between Prism and the service. Only it sends the key. It records what Prism would change or omit in a
 * response. It does not follow redirects, to which Prism would send the key.
 *
 * Every process on this machine can reach its port, so it only forwards the calls of this run, which contain an
 * unguessable `ticket`.
 *
 * @param timeout milliseconds to wait for a response
 */
export async function startRelay(server: string, apiKey: string, timeout = 30_000): Promise<Relay> {
  let last: ReturnType<Relay['take']>;
  const ticket = randomUUID();
  const relay = createServer(async (incoming, outgoing) => {
    if (!isOurs(incoming.headers, ticket)) {
      outgoing.writeHead(403).end();
      return;
    }
    try {
      const body = await buffer(incoming);
      const response = await fetch(server + incoming.url, {
        method: incoming.method ?? 'GET',
        headers: headersToSend(incoming.headers, ticket, apiKey),
        body: body.length > 0 ? new Uint8Array(body) : null,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
      });
      const text = await response.text();
      last = { status: response.status, headers: response.headers, text };
      outgoing.writeHead(response.status, headersToReturn(response.headers)).end(text);
    } catch (error) {
      last = { problem: problemOf(error as Error, timeout) };
      outgoing.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => relay.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = relay.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    ticket,
    take() {
      const taken = last;
      last = undefined;
      return taken;
    },
    async close() {
      const closed = new Promise((resolve) => relay.close(resolve));
      relay.closeAllConnections();
      await closed;
    },
  };
}

/** Removes the headers of the connection, and of the encoding that `fetch` has decoded. */
const hopHeaders = [
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'content-encoding',
];

/** The header is separate from the key, so that a call with a wrong key is forwarded as well. */
const ticketHeader = 'x-verify-ticket';

function isOurs(headers: IncomingHttpHeaders, ticket: string): boolean {
  return headers[ticketHeader] === ticket;
}

function headersToSend(headers: IncomingHttpHeaders, ticket: string, apiKey: string): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name === ticketHeader || hopHeaders.includes(name)) continue;
    sent[name] = value === ticket ? apiKey : String(value);
  }
  return sent;
}

/** Removes `location`, which Prism would follow. */
function headersToReturn(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].filter(([name]) => name !== 'location' && !hopHeaders.includes(name)),
  );
}

function problemOf({ name, cause }: Error, timeout: number): string {
  if (name === 'TimeoutError') return `nothing within ${timeout / 1000} s`;
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'the connection broke';
}
