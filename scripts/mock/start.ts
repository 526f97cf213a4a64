import { existsSync } from 'node:fs';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { type Served, serve } from '../cli/serve.ts';
import type { Exchange } from './exchange.ts';
import { createHandler } from './handler.ts';
import { loadPrism, type Operation } from './prism.ts';

export interface MockOptions {
  /** 0 selects any free port. */
  port: number;
  /** @default '127.0.0.1' */
  host?: string;
  /** Path of a bundled OpenAPI document. */
  document: string;
  /** Called for each request after its response. */
  onExchange?: (exchange: Exchange) => void;
}

/** A running mock of the contract. */
export interface Mock extends Served {
  operations: Operation[];
}

/**
 * Serves the examples of the contract over HTTP, and refuses invalid requests.
 *
 * @throws {Failure} if the port is in use or not allowed, or there is no document
 */
export async function startMock(options: MockOptions): Promise<Mock> {
  const { port, host, document } = options;
  if (!existsSync(document)) {
    throw new Failure(`There is no ${displayPath(document)} to serve. Run \`npm run gen\` first.`);
  }
  const prism = await loadPrism(document);
  const respond = createHandler(prism, options.onExchange ?? (() => {}));
  const served = await serve({ port, host, call: 'npm run mock', respond });
  return { ...served, operations: prism.operations };
}
