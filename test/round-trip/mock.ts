import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import type { Exchange } from '../../scripts/mock/exchange.ts';
import { type Mock, startMock } from '../../scripts/mock/start.ts';

/** The contract that gen has bundled. */
export const document = join(toolchainRoot, 'generated/openapi.yaml');

/** A real Prism for the tests of one file, and what it saw during the current test. */
export function useMock(): { readonly url: string; readonly exchanges: readonly Exchange[] } {
  let mock: Mock | undefined;
  const exchanges: Exchange[] = [];
  beforeAll(async () => {
    mock = await startMock({ port: 0, document, onExchange: (exchange) => exchanges.push(exchange) });
  });
  beforeEach(() => {
    exchanges.length = 0;
  });
  afterAll(() => mock?.close());
  return {
    get url() {
      if (!mock) throw new Error('The mock is not up yet: use it within a test.');
      return mock.url;
    },
    exchanges,
  };
}
