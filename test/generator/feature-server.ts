import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer<ArrayBuffer>;
}

export interface Reply {
  status: number;
  type?: string;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
}

/** Keeps the last request, and sends the reply that the test has set. */
export class FeatureServer implements AsyncDisposable {
  reply: Reply = { status: 204 };
  #received: ReceivedRequest | undefined;
  readonly #server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    this.#received = { method, url, headers, body: Buffer.from(await buffer(request)) };
    const { status, type, body, headers: others } = this.reply;
    response.writeHead(status, { ...(type && { 'content-type': type }), ...others }).end(body);
  });

  static async start(): Promise<FeatureServer> {
    const server = new FeatureServer();
    await once(server.#server.listen(0, '127.0.0.1'), 'listening');
    return server;
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

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
