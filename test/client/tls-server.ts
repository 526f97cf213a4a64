import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type TlsOptions } from 'node:tls';
import { Agent } from 'undici';

/**
 * The files of tls/ were created for these tests: an authority, whose own key was discarded, a key, and
 * certificates for it, all but `expired` until 2125.
 */
function read(name: string): Buffer {
  return readFileSync(new URL(`tls/${name}`, import.meta.url));
}

const authority = read('authority.crt');

export type Certificate = 'valid' | 'expired' | 'other-host';

/** A server on TLS that responds with `{}` to each request, and counts those that it can read. */
export class TlsServer implements AsyncDisposable {
  count = 0;
  readonly #server: Server;

  private constructor(certificate: Certificate, options: TlsOptions) {
    const identity = { key: read('server.key'), cert: read(`${certificate}.crt`) };
    this.#server = createServer({ ...identity, ...options }, (socket) => {
      socket.on('error', () => {});
      socket.on('data', () => {
        this.count++;
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}');
      });
    });
    this.#server.on('tlsClientError', () => {});
  }

  static async start(certificate: Certificate, options: TlsOptions = {}): Promise<TlsServer> {
    const server = new TlsServer(certificate, options);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get origin(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Options of a client that trusts the authority. */
export class Trusting implements AsyncDisposable {
  readonly #agent: Agent;

  constructor(connect: object = {}) {
    this.#agent = new Agent({ connect: { ca: authority, ...connect } });
  }

  get fetchOptions() {
    return { dispatcher: this.#agent };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy();
  }
}
