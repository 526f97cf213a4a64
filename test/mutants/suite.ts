/**
 * The tests of the clients, kept loaded: forked in a copy of the project, it runs them each time that its parent asks,
 * and sends how it went.
 */
import { join, relative } from 'node:path';
import { createVitest } from 'vitest/node';
import type { Outcome, Run } from './altered.ts';

const root = process.cwd();
const vitest = await createVitest('test', {
  config: join(root, 'test/mutants/vitest.config.ts'),
  watch: false,
  reporters: [{}],
});

process.on('message', async ({ changed, first }: Run) => {
  process.env.FIRST_TESTS = first.join();
  for (const file of changed) vitest.invalidateFile(join(root, file));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
    await vitest.globTestSpecifications(),
  );
  const name = (module: { moduleId: string }) => relative(root, module.moduleId);
  const failed = testModules.filter((module) => !module.ok()).map(name);
  if (unhandledErrors.length > 0) failed.push('something outside of the tests');
  const outcome: Outcome = {
    failed: failed[0] ?? '',
    durations: testModules.map((module) => [name(module), module.diagnostic().duration]),
  };
  process.send?.(outcome);
});
process.send?.('');
