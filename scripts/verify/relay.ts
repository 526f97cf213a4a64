import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What the service has answered to one request. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export interface Relay {
  url: URL;
  /** The answer to the last request, or why there was none. Each can be taken once. */
  take(): Answer | { problem: string } | undefined;
  close(): Promise<void>;
}

/** What stands in for the key on the way to the relay. */
export const keyStandIn = 'the-key-that-the-relay-knows';

/**
 * Stands between Prism and the service. It alone knows the key; it keeps what Prism would change or leave out of an
 * answer; and it follows no redirect, where Prism would take the key along.
 *
 * @param timeout milliseconds until it gives an answer up
 */
export async function startRelay(server: string, apiKey: string, timeout = 30_000): Promise<Relay> {
  let last: ReturnType<Relay['take']>;
  const relay = createServer(async (incoming, answer) => {
    try {
      const body = await buffer(incoming);
      const response = await fetch(server + incoming.url, {
        method: incoming.method ?? 'GET',
        headers: headersToSend(incoming.headers, apiKey),
        body: body.length > 0 ? new Uint8Array(body) : null,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
      });
      const text = await response.text();
      last = { status: response.status, headers: response.headers, text };
      answer.writeHead(response.status, headersToReturn(response.headers)).end(text);
    } catch (error) {
      last = { problem: problemOf(error as Error, timeout) };
      answer.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => relay.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = relay.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
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

/** The hops to and from the relay have their own, and `fetch` has decoded the body. */
const hopHeaders = [
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'content-encoding',
];

function headersToSend(headers: IncomingHttpHeaders, apiKey: string): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!hopHeaders.includes(name)) sent[name] = value === keyStandIn ? apiKey : String(value);
  }
  return sent;
}

/** Without `location`, which Prism would follow. */
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
