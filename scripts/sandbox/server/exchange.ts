import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Bytes that a body may have; the largest request of the contract has a few hundred. */
const maxBody = 1024 * 1024;

/**
 * A request of Node as one of the platform, its body read whole. Undefined when it was refused, or the caller has gone.
 *
 * @param address its whole URL
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
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const { method = 'GET', headers } = incoming;
  try {
    return new Request(address, {
      method,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      signal: gone.signal,
      body: length > 0 && method !== 'GET' && method !== 'HEAD' ? Buffer.concat(chunks) : null,
    });
  } catch {
    // Such as TRACE, which the platform does not let a program see.
    refuse(outgoing, 400, 'This request cannot be understood.');
    return undefined;
  }
}

/** Sends a response of the platform. When its body breaks, so does the connection. */
export async function writeResponse(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) outgoing.end();
  else await pipeline(response.body, outgoing).catch(() => outgoing.destroy());
}

export function refuse(outgoing: ServerResponse, status: number, detail: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  outgoing.end(JSON.stringify({ detail }));
}
