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
/** How many errors outside of tests there were: vitest keeps those of earlier runs. */
let errors = 0;
const name = ({ moduleId }: { moduleId: string }) => relative(root, moduleId);

process.on('message', async ({ changed, first }: Run) => {
  for (const file of changed) vitest.invalidateFile(join(root, file));
  const rank = (file: string) => (first.includes(file) ? first.indexOf(file) : first.length);
  const open = (await vitest.globTestSpecifications()).sort((a, b) => rank(name(a)) - rank(name(b)));
  const outcome: Outcome = { failed: '', durations: [] };
  // Few at a time: vitest loads all files of a run, also those after the first that fails.
  for (let size = 1; open.length > 0 && outcome.failed === ''; size *= 2) {
    const batch = open.splice(0, size);
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(batch);
    // vitest returns those of earlier runs as well.
    const ran = testModules.filter((module) => batch.some(({ moduleId }) => moduleId === module.moduleId));
    const failed = ran.filter((module) => !module.ok()).map(name);
    if (unhandledErrors.length > errors) failed.push('something outside of the tests');
    errors = unhandledErrors.length;
    outcome.failed = failed[0] ?? '';
    outcome.durations.push(...ran.map((each): [string, number] => [name(each), each.diagnostic().duration]));
  }
  process.send?.(outcome);
});
process.send?.('');
