// The only public interface of Prism is its command line. This private module is what that command starts with; the
// package is pinned, and only this file depends on it.
import { getHttpOperationsFromSpec } from '@stoplight/prism-cli/dist/operations.js';
import { createServer } from '@stoplight/prism-http-server';

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
 * @param document path of an OpenAPI document
 */
export async function startPrism(document: string, proxy?: ProxyOptions): Promise<Prism> {
  const operations = await getHttpOperationsFromSpec(document);
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

type Logger = Parameters<typeof createServer>[1]['components']['logger'];

/** Prism logs ten lines about each request. The relevant part is in its response and in our access log. */
const silentLogger = {
  child: () => silentLogger,
  debug() {},
  error() {},
  info() {},
  success() {},
  warn() {},
} as unknown as Logger;
