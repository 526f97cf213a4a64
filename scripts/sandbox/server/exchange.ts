import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** The maximum size of a body, in bytes. Requests of the contract have a few hundred. */
const maxBody = 1024 * 1024;

/**
 * Converts a request of Node to a `Request`, with its whole body. Undefined if it was refused, or the caller has
 * disconnected.
 *
 * @param address the absolute URL
 */
export async function readRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  address: string,
): Promise<Request | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of incoming) {
      length += chunk.length;
      if (length > maxBody) {
        refuse(outgoing, 413, `The body is larger than ${maxBody} bytes.`);
        return undefined;
      }
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  const disconnected = new AbortController();
  outgoing.once('close', () => disconnected.abort());
  const { method = 'GET', headers } = incoming;
  try {
    return new Request(address, {
      method,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      signal: disconnected.signal,
      body: length > 0 && method !== 'GET' && method !== 'HEAD' ? Buffer.concat(chunks) : null,
    });
  } catch {
    // Such as TRACE, which `Request` does not allow.
    refuse(outgoing, 400, 'This request cannot be understood.');
    return undefined;
  }
}

/** Sends a `Response`. If its body fails, the connection is closed. */
export async function writeResponse(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) outgoing.end();
  else await pipeline(response.body, outgoing).catch(() => outgoing.destroy());
}

export function refuse(outgoing: ServerResponse, status: number, detail: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  outgoing.end(JSON.stringify({ detail }));
}
