// Prism's command line is its only public door. This private path is what that command itself starts with; the
// package is pinned, and this is the only file that knows of it.
import { getHttpOperationsFromSpec } from '@stoplight/prism-cli/dist/operations.js';
import { createServer } from '@stoplight/prism-http-server';

/** An operation of the contract as Prism sees it: references resolved, examples as lists. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

/** A running Prism, reachable from this machine only. */
export interface Prism {
  operations: Operation[];
  port: number;
  close(): Promise<void>;
}

interface ProxyOptions {
  /** Where the requests go; Prism follows its redirects, headers and all. */
  upstream: URL;
  /** Whether what breaks the contract is refused. It is listed in the header `sl-violations` otherwise. @default false */
  refuse?: boolean;
}

/**
 * Starts Prism on a free port, with the defaults of its command line: as a mock, or as a proxy that hands each request
 * on and compares it and its response with the contract.
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

/** Prism logs ten lines about each request. What matters of them is in its response, and in the access log. */
const silentLogger = {
  child: () => silentLogger,
  debug() {},
  error() {},
  info() {},
  success() {},
  warn() {},
} as unknown as Logger;
