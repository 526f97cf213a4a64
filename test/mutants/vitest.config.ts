import { mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import suite from '../vitest.config.ts';

/** Starts with the test files that are the likeliest to notice a change: most runs end with the first of them. */
class LikeliestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const first = process.env.FIRST_TESTS?.split(',') ?? [];
    const rank = ({ moduleId }: TestSpecification) => {
      const index = first.findIndex((name) => moduleId.endsWith(name));
      return index === -1 ? first.length : index;
    };
    return files.sort((a, b) => rank(a) - rank(b));
  }
}

const config = mergeConfig(suite({ mode: 'test', command: 'serve' }), {
  test: {
    sequence: { sequencer: LikeliestFirst },
    maxWorkers: 1,
    bail: 1,
    testTimeout: 15_000,
    hookTimeout: 15_000,
  },
});
// Those that run the clients, without those that compile them, and those that remove guards themselves.
config.test.include = [
  'test/{client,webhooks,round-trip}/*.test.ts',
  'test/generator/{bodies,credentials,faces,features,lists,parameters,places,streams,wire}.test.ts',
  'test/sandbox/faults.test.ts',
];
config.test.exclude = ['test/client/{controls,cost,fetch-types}.test.ts'];

export default config;
