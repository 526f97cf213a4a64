import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Json } from '../contract/contract.ts';

export const apiKey = 'key-4c1d-that-nobody-may-see';

/** The ids of the story that the contract's examples tell. */
export const ids = {
  company: 'c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915',
  connection: '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36',
  invitation: 'e5b8d1a4-6c2f-4f97-a0d3-91c47e2b5f68',
};

/** What a stand-in for the service is about to respond with. */
export interface Reply {
  /** With 0 the connection is cut instead. */
  status: number;
  headers: Record<string, string>;
  body: Json;
}

/** Changes the response to a request, such as `GET /ping`. */
export type Mutation = (request: string, reply: Reply, key: string) => void;

export interface Service extends AsyncDisposable {
  url: string;
  /** The requests with the right key, in their order. */
  requests: { line: string; body: Json }[];
}

/**
 * A service that keeps the contract, with the responses of the mock: 401 for a wrong key, 404 for an id that is not of the
 * story. But for the mutation.
 */
export async function startService(mockUrl: string, mutate: Mutation = () => {}): Promise<Service> {
  const requests: Service['requests'] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url = '' } = incoming;
    const key = String(incoming.headers['x-api-key']);
    const sent = await buffer(incoming);
    const refusal = refusalOf(key, url);
    const response = await fetch(mockUrl + url, {
      method,
      headers: {
        'x-api-key': 'any',
        ...(sent.length > 0 && { 'content-type': 'application/json' }),
        ...(refusal && { prefer: `code=${refusal}` }),
      },
      body: sent.length > 0 ? new Uint8Array(sent) : null,
    });
    const reply: Reply = {
      status: response.status,
      headers: { 'content-type': 'application/json' },
      body: await response.json(),
    };
    if (key === apiKey)
      requests.push({ line: `${method} ${url}`, body: sent.length > 0 && JSON.parse(sent.toString()) });
    mutate(`${method} ${url}`, reply, key);
    if (reply.status === 0) {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(reply.status, reply.headers);
    outgoing.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The story has few ids, all of them in the contract. */
const contract = readFileSync(new URL('../../generated/openapi.yaml', import.meta.url), 'utf8');

function refusalOf(key: string, url: string): 401 | 404 | undefined {
  if (key !== apiKey) return 401;
  return knows(url) ? undefined : 404;
}

function knows(url: string): boolean {
  const found = /[\da-f]{8}-[\da-f-]{27}/.exec(url);
  return !found || contract.includes(found[0]);
}
