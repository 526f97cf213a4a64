// The only public interface of Prism is its command line. This private module is what that command starts with; the
// package is pinned, and only this file depends on it.
import { statSync } from 'node:fs';
import { getHttpOperationsFromSpec } from '@stoplight/prism-cli/dist/operations.js';
import type { createServer as CreateServer } from '@stoplight/prism-http-server';

// Its web server installs source-map-support, which takes over the stack traces of the whole process: every error
// would show the lines of other code.
const { prepareStackTrace } = Error;
const { createServer } = await import('@stoplight/prism-http-server');
Error.prepareStackTrace = prepareStackTrace;

/** An operation of the contract in the form of Prism: references resolved, examples as lists. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

/** A running Prism, reachable from this machine only. */
export interface Prism {
  operations: Operation[];
  port: number;
  close(): Promise<void>;
}

interface ProxyOptions {
  /** The server to forward requests to. Prism follows its redirects and sends all headers along. */
  upstream: URL;
  /**
   * Whether to refuse what violates the contract, instead of listing it in the header `sl-violations`. @default false
   */
  refuse?: boolean;
}

/**
 * Starts Prism on a free port, with the defaults of its command line: as a mock, or as a proxy that forwards each
 * request and validates it and its response.
 *
 * @param document path of an OpenAPI document in one file
 */
export async function startPrism(document: string, proxy?: ProxyOptions): Promise<Prism> {
  const operations = await readOperations(document);
  const server = createServer(operations, {
    cors: proxy === undefined,
    components: { logger: silentLogger },
    config: {
      checkSecurity: true,
      errors: proxy?.refuse ?? false,
      ...(proxy ? { isProxy: true, upstream: proxy.upstream } : { isProxy: false }),
      mock: { dynamic: false },
      upstreamProxy: undefined,
      validateRequest: true,
      validateResponse: true,
    },
  });
  const url = await server.listen(0, '127.0.0.1');
  return { operations, port: Number(new URL(url).port), close: () => server.close() };
}

let lastRead: { version: string; operations: Promise<Operation[]> } | undefined;

/** The operations of a document. To read it takes most of the start, so the last one is kept until its file changes. */
function readOperations(document: string): Promise<Operation[]> {
  const { mtimeMs, size } = statSync(document);
  const version = `${document} ${mtimeMs} ${size}`;
  if (lastRead?.version !== version) lastRead = { version, operations: getHttpOperationsFromSpec(document) };
  return lastRead.operations;
}

type Logger = Parameters<typeof CreateServer>[1]['components']['logger'];

/** Prism logs ten lines about each request. The relevant part is in its response and in our access log. */
const silentLogger = {
  child: () => silentLogger,
  debug() {},
  error() {},
  info() {},
  success() {},
  warn() {},
} as unknown as Logger;
