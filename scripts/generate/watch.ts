import { once } from 'node:events';
import { dirname } from 'node:path';
import { isUrl, type Target } from '../cli/apis.ts';
import { displayPath } from '../cli/display-path.ts';
import { describeError } from '../cli/run-command.ts';
import { silentStep } from '../cli/steps.ts';
import { watchPaths } from '../cli/watch.ts';
import { commandFor } from './check-output.ts';
import { generate } from './generate.ts';
import { writeOutput } from './update-output.ts';

/**
 * Updates the output folder after each change in the folder of the contract or of its rules, until the process receives
 * a signal. While the contract is invalid, the output stays unchanged.
 */
export async function watchTarget(target: Target): Promise<void> {
  const shown = { all: false, toSeeAll: seeAllOf(target) };
  const update = async () => {
    const start = performance.now();
    try {
      await writeOutput(target, await generate(target, silentStep), silentStep);
      console.log(`Done in ${Math.round(performance.now() - start)} ms. Waiting for the next change.`);
    } catch (error) {
      const folder = `${displayPath(target.out)}/`;
      console.error(`${describeError(error, shown)}${folder} stays as it is. Waiting for the next change.`);
    }
  };
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const { spec, lint, config, overlay, out } = target;
  const rules = lint === 'project' ? config : undefined;
  const paths = [isUrl(spec) ? undefined : dirname(spec), rules, overlay].filter(
    (path) => path !== undefined,
  );
  let running = Promise.resolve();
  const enqueue = () => (running = running.then(update));
  const watcher = watchPaths(paths, enqueue, out);
  await enqueue();
  await ended;
  await watcher.close();
}

function seeAllOf(target: Target): string {
  return target.name !== undefined ? 'npm run gen -- --all' : `${commandFor(target)} --all`;
}
