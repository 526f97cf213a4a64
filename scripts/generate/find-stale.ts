import { join } from 'node:path';
import type { Target } from '../cli/apis.ts';
import { Failure } from '../cli/failure.ts';
import { formatFailure } from '../cli/format-findings.ts';
import { silentStep } from '../cli/steps.ts';
import { readFiles } from '../output/files.ts';
import { isUpToDate } from './run-record.ts';

/**
 * Checks that openapi.yaml in the output folder matches the contract, for commands that use the file without generating it.
 *
 * @returns the difference, in sentences; undefined if there is none
 */
export async function findStaleContract(target: Target): Promise<string | undefined> {
  if (isUpToDate(target)) return undefined;
  const { generate } = await import('./generate.ts');
  try {
    const { files } = await generate(target, silentStep);
    const name = 'openapi.yaml';
    if (readFiles(join(target.out)).get(name) === files.get(name)) return undefined;
    return 'The contract has changed since the output of gen was written, so this serves an older version. Run `npm run gen`, then start again.';
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `${formatFailure(error)}This serves the last valid contract. Fix it, run \`npm run gen\`, then start again.`;
  }
}
