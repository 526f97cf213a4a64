import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { projectRoot } from '../cli/project.ts';
import type { Exchange } from './exchange.ts';
import { createFront } from './front.ts';
import { type Operation, startPrism } from './prism.ts';

export interface MockOptions {
  /** 0 takes any free port. */
  port: number;
  /** @default '127.0.0.1' */
  host?: string;
  /** Path of a bundled OpenAPI document. @default generated/openapi.yaml */
  document?: string;
  /** Told of each request once it has been answered. */
  onExchange?: (exchange: Exchange) => void;
}

/** A running mock of the contract. */
export interface Mock {
  /** Without a slash at its end. */
  url: string;
  operations: Operation[];
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/**
 * Serves the contract's examples over HTTP, and refuses what the contract refuses.
 *
 * @throws {Failure} when the port is taken or may not be used, or there is no document
 */
export async function startMock(options: MockOptions): Promise<Mock> {
  const { port, host = '127.0.0.1', document = join(projectRoot, 'generated/openapi.yaml') } = options;
  if (!existsSync(document)) {
    throw new Failure(`There is no ${displayPath(document)} to serve. Run \`npm run gen\` first.`);
  }
  const prism = await startPrism(document);
  const front = createFront(prism.port, options.onExchange ?? (() => {}));
  try {
    await new Promise<void>((resolve, reject) => front.once('error', reject).listen(port, host, resolve));
  } catch (error) {
    await prism.close();
    throw new Failure(describeListenError(error as NodeJS.ErrnoException, port, host));
  }
  return {
    url: urlOf(front.address() as AddressInfo),
    operations: prism.operations,
    async close() {
      const closed = new Promise((resolve) => front.close(resolve));
      front.closeAllConnections();
      await Promise.all([closed, prism.close()]);
    },
  };
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function describeListenError({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop what runs there, or take another one: npm run mock -- --port ${port + 1}`;
  }
  if (code === 'EACCES')
    return `Port ${port} may not be used by you. Take one above 1023: npm run mock -- --port 4010`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${host} is not an address of this machine. Leave --host out, or use --host 0.0.0.0 to be reached from outside.`;
  }
  return `The mock could not be started on ${host}, port ${port}: ${message}`;
}
