import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from './failure.ts';

export interface ServeOptions {
  /** 0 selects any free port. */
  port: number;
  /** The address to listen on. @default '127.0.0.1' */
  host?: string | undefined;
  /** The call of the command, for the advice in a failure. */
  call: string;
  /** Responds to a request. Undefined breaks the connection; whatever it throws becomes a response with 500. */
  respond(request: Request): Response | undefined | Promise<Response | undefined>;
}

/** A server that listens. */
export interface Served {
  /** Without a trailing slash. */
  url: string;
  /** Closes every connection and the port. */
  close(): Promise<void>;
}

/** The maximum size of a body, in bytes. */
const maxBody = 10 * 1024 * 1024;

/**
 * Serves a function over HTTP. Every request gets a response that says what is wrong with it, and none ends the process:
 * bytes that are not HTTP, a path that is not one, a body that is too large, a failure of the function.
 *
 * On a loopback address, the server responds to its own names only, so that the page of another site cannot reach it
 * under a name of that site (DNS rebinding).
 *
 * @throws {Failure} if the port is in use or not allowed, or the host does not belong to this machine
 */
export async function serve({ port, host = '127.0.0.1', call, respond }: ServeOptions): Promise<Served> {
  // Idle connections are closed soon. A missing `Host` gets a response of ours.
  const limits = { connectionsCheckingInterval: 5_000, headersTimeout: 10_000, requestTimeout: 30_000 };
  const server = createServer({ ...limits, requireHostHeader: false }, async (incoming, outgoing) => {
    outgoing.on('error', () => {});
    try {
      const request = await readRequest(incoming, outgoing, namesOf(server));
      if (request === undefined) return;
      const response = request instanceof Response ? request : await respond(request);
      if (response) await writeResponse(outgoing, response);
      else outgoing.destroy();
    } catch (error) {
      if (outgoing.headersSent) outgoing.destroy();
      else await writeResponse(outgoing, refusal(500, `The server failed: ${(error as Error).message}`));
    }
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = statuses[error.code ?? ''] ?? 400;
    refuseSocket(socket, status, `This request cannot be read: ${error.message}.`);
  });
  server.on('connect', (_, socket) => refuseSocket(socket, 405, 'The method CONNECT is not supported.'));
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  } catch (error) {
    throw new Failure(describeListenError(error as NodeJS.ErrnoException, port, host, call));
  }
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The statuses that Node itself has for what is not HTTP. */
const statuses: Record<string, number | undefined> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/** The names of a server in a `Host` header; undefined if it can be reached from outside, under any name. */
function namesOf(server: Server): string[] | undefined {
  const { address, port } = server.address() as AddressInfo;
  if (!/^(?:127\.|::1$)/.test(address)) return undefined;
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  const withPort = names.map((name) => `${name}:${port}`);
  // A browser leaves out the port of the scheme.
  return port === 80 ? [...withPort, ...names] : withPort;
}

/**
 * Converts a request of Node to a `Request`, with its whole body.
 *
 * @returns a response if it is refused, undefined if the caller has disconnected
 */
async function readRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  names: string[] | undefined,
): Promise<Request | Response | undefined> {
  const { method = 'GET', url = '', headers } = incoming;
  const host = headers.host?.toLowerCase() ?? '';
  if (names && !names.includes(host))
    return refusal(
      403,
      `This server is ${names[0]}, and not ${JSON.stringify(host)}: check the header Host.`,
    );
  const address = `http://${names ? host : 'localhost'}${url}`;
  if (!url.startsWith('/') || !URL.canParse(address))
    return refusal(400, 'The target of this request is not a path: it begins with a slash.');
  const body = await readBody(incoming);
  if (body === undefined || body instanceof Response) return body;
  const disconnected = new AbortController();
  outgoing.once('close', () => disconnected.abort());
  try {
    return new Request(address, {
      method,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      signal: disconnected.signal,
      body: body.length > 0 && method !== 'GET' && method !== 'HEAD' ? body : null,
    });
  } catch (error) {
    // Such as TRACE, which `Request` does not allow.
    return refusal(400, `This request is not supported: ${(error as Error).message}`);
  }
}

async function readBody(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | Response | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of incoming) {
      length += chunk.length;
      if (length > maxBody) return refusal(413, `The body is larger than ${maxBody} bytes.`);
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Sends a response. If its body fails, the connection is closed. */
async function writeResponse(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.setHeaders(response.headers);
  outgoing.writeHead(response.status);
  if (response.body === null) outgoing.end();
  else await pipeline(response.body, outgoing).catch(() => outgoing.destroy());
}

/** A response of the server itself. */
function refusal(status: number, detail: string): Response {
  return Response.json({ detail }, { status, headers: { connection: 'close' } });
}

/** Responds where there is no request that Node could respond to. */
function refuseSocket(socket: Duplex, status: number, detail: string): void {
  socket.on('error', () => {});
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify({ detail });
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function describeListenError(
  { code, message }: NodeJS.ErrnoException,
  port: number,
  host: string,
  call: string,
): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use. Stop what runs there, or use another one: ${call} -- --port ${port + 1}`;
  if (code === 'EACCES')
    return `Port ${port} is not allowed for you. Use one above 1023: ${call} -- --port 4010`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is not an address of this machine. Leave --host out, or use --host 0.0.0.0 to be reached from outside.`;
  return `The server could not be started on ${host}, port ${port}: ${message}`;
}
