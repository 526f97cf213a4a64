import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { displayPath } from '../../cli/display-path.ts';
import { Failure } from '../../cli/failure.ts';
import { listen, stopListening } from '../../cli/listen.ts';
import { projectRoot } from '../../cli/project.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../sandbox.ts';
import { readRequest, refuse, writeResponse } from './exchange.ts';
import { startProxy, type ValidatingProxy } from './prism.ts';
import { openStore } from './store.ts';

export interface ServerOptions extends Pick<SandboxOptions, 'seed' | 'clock' | 'receiver'> {
  /** 0 selects any free port. */
  port: number;
  /** The path of the SQLite file for the state; without one, it is in memory. */
  data?: string | undefined;
  /** Whether Prism validates each request and response. @default true */
  prism?: boolean;
  /** Called for each request to the API: `POST /v2/ping -> 200`. */
  onCall?: (line: string) => void;
}

/** A sandbox that is served over HTTP, only to this machine. */
export interface RunningSandbox {
  /** Without a trailing slash. The API is at `/v2`, the control page at `/`. */
  url: string;
  sandbox: Sandbox;
  /** Responses of the sandbox that violated the contract, which are bugs of the sandbox. */
  violations: readonly string[];
  close(): Promise<void>;
}

/** The interval of the check for events that are due, in milliseconds. */
const deliveryInterval = 500;

/** @throws {Failure} if the port is in use, the file cannot be used, or there is no contract */
export async function startSandbox(options: ServerOptions): Promise<RunningSandbox> {
  const { port, data, prism = true, clock = 'real', onCall = () => {}, ...rest } = options;
  const violations: string[] = [];
  await using stack = new AsyncDisposableStack();
  const journal = data === undefined ? undefined : stack.use(openStore(data));
  let sandbox: Sandbox | undefined;
  const server = createServer({ connectionsCheckingInterval: 5_000 }, (incoming, outgoing) => {
    const { host = '', ...headers } = incoming.headers;
    // A page of another site must not reach the sandbox by its own host name (DNS rebinding).
    if (!hosts(server).includes(host.toLowerCase()))
      return refuse(outgoing, 403, `This sandbox is ${hosts(server)[0]}, and not "${host}".`);
    const address = `http://${host}${incoming.url}`;
    if (!incoming.url?.startsWith('/') || !URL.canParse(address))
      return refuse(outgoing, 400, 'The path of this request cannot be understood.');
    return readRequest(incoming, outgoing, address).then(async (request) => {
      if (request === undefined || sandbox === undefined) return;
      const line = `${incoming.method} ${incoming.url}`;
      const isCall = headers['x-api-key'] !== undefined || !/^\/(?:$|p\/|sandbox\/)/.test(incoming.url ?? '');
      try {
        const response = await sandbox.fetch(request);
        if (isCall) onCall(`${line} -> ${response.status}`);
        await writeResponse(outgoing, response);
      } catch (error) {
        if (isCall) onCall(`${line} -> ${describe(error)}`);
        outgoing.destroy();
      }
    });
  });
  // Close idle connections soon.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  const url = await listen(server, port, '127.0.0.1', 'npm run sandbox');
  stack.defer(() => stopListening(server));
  const proxy: ValidatingProxy | undefined = prism
    ? stack.adopt(await startProxy(contract(), (each) => violations.push(each)), (each) => each.close())
    : undefined;
  sandbox = createSandbox({
    clock,
    origin: url,
    ...(journal && { journal }),
    ...(proxy && { through: proxy.through }),
    ...rest,
  });
  const timer = setInterval(() => {
    sandbox?.deliver().catch((error) => onCall(`The events could not be kept: ${describe(error)}`));
  }, deliveryInterval).unref();
  stack.defer(() => clearInterval(timer));
  const kept = stack.move();
  return { url, sandbox, violations, close: () => kept.disposeAsync() };
}

function contract(): string {
  const document = join(projectRoot(), 'generated/openapi.yaml');
  if (existsSync(document)) return document;
  throw new Failure(`There is no ${displayPath(document)} to check against. Run \`npm run gen\` first.`);
}

/** The host names of the server on this machine. */
function hosts(server: Server): string[] {
  const { port } = server.address() as AddressInfo;
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

function describe(error: unknown): string {
  const { message, cause } = error as Error & { cause?: Error };
  return cause?.message ?? message;
}
