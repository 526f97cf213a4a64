import { mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import suite from '../vitest.config.ts';

/** The test files that have noticed the most changes, the likeliest first: most runs end with the first of them. */
const likely = process.env.LIKELY_TESTS?.split(',') ?? [];

class LikeliestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = likely.findIndex((name) => moduleId.endsWith(name));
      return index === -1 ? likely.length : index;
    };
    return files.sort((a, b) => rank(a) - rank(b));
  }
}

export default mergeConfig(suite({ mode: 'test', command: 'serve' }), {
  test: { sequence: { sequencer: LikeliestFirst }, maxWorkers: 1, bail: 1 },
});
