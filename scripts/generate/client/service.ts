import type { Document, OperationObject, PathItem } from './document.ts';
import { Unsupported } from './unsupported.ts';

/** Where the service is: the first server, its variables filled in. */
export function readBaseUrl({ servers = [] }: Pick<Document, 'servers'>): string {
  const { url = 'http://localhost', variables = {} } = servers[0] ?? {};
  const filled = url.replace(/\{([^{}]+)\}/g, (whole, name: string) => variables[name]?.default ?? whole);
  // Relative to the protocol of where the contract was read, which for a service is https.
  return filled.replace(/^\/\//, 'https://');
}

/**
 * A client has one address, and its key goes to no other.
 *
 * @throws {Unsupported} when an operation stands elsewhere
 */
export function refuseOtherServers(document: Document, item: PathItem, object: OperationObject): void {
  const servers = object.servers ?? item.servers;
  if (servers && readBaseUrl({ servers }) !== readBaseUrl(document))
    throw new Unsupported(`it has a server of its own, ${readBaseUrl({ servers })}`);
}
