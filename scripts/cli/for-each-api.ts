import type { Api } from './apis.ts';
import { Failure } from './failure.ts';
import type { Shown } from './format-findings.ts';
import { describeError } from './run-command.ts';

/**
 * Does the same for each contract, under its name if there are several. What fails for one is printed, and does not
 * keep the others from being done.
 *
 * @throws {Failure} at the end, if it has failed for some
 */
export async function forEachApi<Each extends Api>(
  apis: readonly Each[],
  work: (api: Each) => Promise<void>,
  shown?: Shown,
): Promise<void> {
  const [first, ...others] = apis;
  if (first !== undefined && others.length === 0) return work(first);
  const failed: string[] = [];
  for (const api of apis) {
    console.log(`${api.name}:`);
    try {
      await work(api);
    } catch (error) {
      process.stderr.write(describeError(error, shown));
      failed.push(String(api.name));
    }
  }
  if (failed.length > 0) throw new Failure(`Failed for ${failed.join(', ')}: see above.`);
}
