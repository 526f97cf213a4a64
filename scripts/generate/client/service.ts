import type { Document, OperationObject, PathItem } from './document.ts';
import { Unsupported } from './unsupported.ts';

/** Where the service is: the first server, its variables filled in. */
export function readBaseUrl({ servers = [] }: Pick<Document, 'servers'>): string {
  const { url = 'http://localhost', variables = {} } = servers[0] ?? {};
  const filled = url.replace(/\{([^{}]+)\}/g, (whole, name: string) => variables[name]?.default ?? whole);
  // Relative to the protocol of where the contract was read, which for a service is https.
  return filled.replace(/^\/\//, 'https://');
}

/** Where an operation is, where that is not where the service is in general. @throws {Unsupported} */
export function readServer(document: Document, item: PathItem, object: OperationObject): string | undefined {
  const servers = object.servers ?? item.servers;
  if (!servers?.length) return undefined;
  const baseUrl = readBaseUrl(document);
  const url = readBaseUrl({ servers });
  // A relative one stands on the same host.
  const server = URL.canParse(url) ? url : resolveUrl(url, baseUrl);
  if (!server || /[{}]/.test(url)) throw new Unsupported(`its server, ${url}, is no address`);
  return server.replace(/\/$/, '') === baseUrl.replace(/\/$/, '') ? undefined : server;
}

function resolveUrl(url: string, baseUrl: string): string | undefined {
  return URL.canParse(url, baseUrl) ? new URL(url, baseUrl).href : undefined;
}
