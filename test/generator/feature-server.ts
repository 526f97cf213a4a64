import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { FeatureClients } from './features.ts';

interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer<ArrayBuffer>;
}

interface Reply {
  status: number;
  type?: string;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
}

/** Keeps the last request, and sends the reply that the test has set. */
class FeatureServer {
  reply: Reply = { status: 204 };
  #received: ReceivedRequest | undefined;
  readonly #server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    this.#received = { method, url, headers, body: Buffer.from(await buffer(request)) };
    const { status, type, body, headers: others } = this.reply;
    response.writeHead(status, { ...(type && { 'content-type': type }), ...others }).end(body);
  });

  async listen(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** The last request. */
  get received(): ReceivedRequest {
    if (!this.#received) throw new Error('No request has arrived yet.');
    return this.#received;
  }

  get hasReceived(): boolean {
    return this.#received !== undefined;
  }

  forgetRequest(): void {
    this.#received = undefined;
  }

  replyJson(value: unknown, status = 200): void {
    this.reply = { status, type: 'application/json', body: JSON.stringify(value) };
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
}

/**
 * The clients of contracts in contracts/features/, and a server for them, for all tests of a file.
 *
 * @param names of contracts; without them, all
 */
export function useFeatures(names?: string[]) {
  const clients = new FeatureClients(names);
  const server = new FeatureServer();
  beforeAll(() => Promise.all([server.listen(), clients.write()]));
  beforeEach(() => {
    server.reply = { status: 204 };
  });
  afterAll(() => {
    clients.remove();
    server.close();
  });
  return {
    clients,
    server,
    open: (name: string, options: object = {}) =>
      clients.create(name, { baseUrl: server.origin, ...options }),
    openFetch: (name: string, options: object = {}) =>
      clients.createFetch(name, { baseUrl: server.origin, ...options }),
  };
}
