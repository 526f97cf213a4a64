import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A request that the server has read whole. */
export interface ReceivedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What the server does with a request once it has read it. */
export type Fault = (socket: Socket, request: ReceivedRequest) => void;

/**
 * A server on bare sockets, so that it can break every rule of HTTP. Each request gets the next fault of the script, and
 * each further one the last.
 */
export class FaultServer implements AsyncDisposable {
  readonly requests: ReceivedRequest[] = [];
  /** Most requests that were waiting for a response at once. */
  busiest = 0;
  readonly #script: Fault[];
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(script: Fault[]) {
    this.#script = script;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async start(...script: Fault[]): Promise<FaultServer> {
    const server = new FaultServer(script);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get origin(): string {
    const address = this.#server.address();
    if (!address || typeof address === 'string') throw new Error('The server does not listen.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Requests that were read whole. */
  get count(): number {
    return this.requests.length;
  }

  /** Connections that wait for a response: those that are open, but for the idle ones. */
  get waiting(): number {
    return [...this.#sockets].filter((socket) => pending.has(socket)).length;
  }

  get open(): number {
    return this.#sockets.size;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    let received = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      received += chunk;
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const request = parse(received.slice(0, end));
      const length = Number(request.headers['content-length'] ?? 0);
      if (received.length < end + 4 + length) return;
      request.body = received.slice(end + 4, end + 4 + length);
      received = received.slice(end + 4 + length);
      this.requests.push(request);
      pending.add(socket);
      this.busiest = Math.max(this.busiest, this.waiting);
      const fault = this.#script[Math.min(this.requests.length, this.#script.length) - 1];
      fault?.(socket, request);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Sockets with a request that has no response yet. */
const pending = new WeakSet<Socket>();

function parse(head: string): ReceivedRequest {
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', url = ''] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  return { method, url, headers, body: '' };
}

/** A whole and correct response. */
export function respond(
  status: number,
  body: string | Buffer = '',
  headers: Record<string, string> = {},
): Fault {
  return (socket) => {
    const bytes = Buffer.from(body);
    const lines = Object.entries({
      'content-type': 'application/json',
      ...(status === 204 ? {} : { 'content-length': String(bytes.length) }),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    pending.delete(socket);
    socket.write(
      Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Response\r\n${lines.join('')}\r\n`, 'latin1'), bytes]),
    );
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Fault {
  return respond(status, JSON.stringify(body), headers);
}

/** The head of a response of 100 bytes, its first bytes, and then whatever `after` does. */
export function partial(status: number, after: (socket: Socket) => void): Fault {
  return (socket) => {
    socket.write(
      `HTTP/1.1 ${status} Response\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"id":`,
    );
    // Lets the head arrive by itself.
    setTimeout(after, 5, socket);
  };
}

export function reset(socket: Socket): void {
  socket.resetAndDestroy();
}

export function hangUp(socket: Socket): void {
  socket.end();
}

export function stall(): void {}

/** Responses that wait until they are released; later ones do not wait. */
export class HeldResponses {
  readonly fault: Fault;
  #release: (() => void)[] | undefined = [];

  constructor(response: Fault) {
    this.fault = (socket, request) => {
      const respond = () => response(socket, request);
      if (this.#release) this.#release.push(respond);
      else respond();
    };
  }

  release(): void {
    const held = this.#release ?? [];
    this.#release = undefined;
    for (const respond of held) respond();
  }
}

/** One byte of the body every few milliseconds, without end. */
export function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write(' '), 5);
  socket.on('close', () => clearInterval(timer));
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n');
}

/** A response that no parser accepts, with the request's key in it. */
export function malformed(socket: Socket, { headers }: ReceivedRequest): void {
  socket.end(`HTTP/1.1 200 OK\r\n${headers['x-api-key']} no header\r\n\r\n`);
}

/**
 * An origin at which nothing listens: a port of an address of this machine that no other test or run uses, as a port
 * that was just closed could be taken by somebody else.
 */
export async function deadOrigin(): Promise<string> {
  const server = createServer().listen(0, `127.${part()}.${part()}.${part()}`);
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://${address}:${port}`;
}

function part(): number {
  return randomInt(1, 255);
}
