import { mergeConfig } from 'vitest/config';
import suite from '../vitest.config.ts';

const config = mergeConfig(suite({ mode: 'test', command: 'serve' }), {
  // A change often lets a test wait without end.
  test: { maxWorkers: 1, bail: 1, testTimeout: 6_000, hookTimeout: 15_000 },
});
// Those that run the clients, without those that compile them, and those that remove guards themselves.
config.test.include = [
  'test/{client,webhooks,round-trip}/*.test.ts',
  'test/generator/{bodies,credentials,faces,features,lists,parameters,places,streams,wire}.test.ts',
  'test/sandbox/faults.test.ts',
];
config.test.exclude = ['test/client/{controls,cost,fetch-types}.test.ts'];

export default config;
