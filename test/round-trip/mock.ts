import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Exchange } from '../../scripts/mock/exchange.ts';
import { type Mock, startMock } from '../../scripts/mock/start.ts';

/** A real Prism for the tests of one file, and what it saw during the current test. */
export function useMock(): { readonly url: string; readonly exchanges: readonly Exchange[] } {
  let mock: Mock | undefined;
  const exchanges: Exchange[] = [];
  beforeAll(async () => {
    mock = await startMock({ port: 0, onExchange: (exchange) => exchanges.push(exchange) });
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
