import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { formatFailure } from '../cli/format-findings.ts';
import { usePackedLibraries } from '../cli/packed-libraries.ts';
import { silentStep } from '../cli/steps.ts';
import { readFiles } from '../output/files.ts';
import { isUpToDate } from './run-record.ts';
import { projectTarget } from './target.ts';

/**
 * Checks that generated/openapi.yaml matches spec/, for commands that use the file without generating it.
 *
 * @returns the difference, in sentences; undefined if there is none
 */
export async function findStaleContract(): Promise<string | undefined> {
  const target = projectTarget();
  if (isUpToDate(target)) return undefined;
  await usePackedLibraries();
  const { generate } = await import('./generate.ts');
  try {
    const { files } = await generate(target, silentStep);
    const name = 'openapi.yaml';
    if (readFiles(join(target.out)).get(name) === files.get(name)) return undefined;
    return 'The contract in spec/ has changed since generated/ was written, so this serves an older version. Run `npm run gen`, then start again.';
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `${formatFailure(error)}This serves the last valid contract. Fix spec/, run \`npm run gen\`, then start again.`;
  }
}
