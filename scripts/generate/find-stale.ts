import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { formatFailure } from '../cli/format-findings.ts';
import { usePackedLibraries } from '../cli/packed-libraries.ts';
import { silentStep } from '../cli/steps.ts';
import { readFiles } from '../output/files.ts';
import { isUpToDate } from './run-record.ts';
import { projectTarget } from './target.ts';

/**
 * Looks whether generated/openapi.yaml still is what spec/ gives, for commands that use it as it is.
 *
 * @returns what is wrong, in sentences; undefined where nothing is
 */
export async function findStaleContract(): Promise<string | undefined> {
  if (isUpToDate(projectTarget)) return undefined;
  await usePackedLibraries();
  const { generate } = await import('./generate.ts');
  try {
    const { files } = await generate(projectTarget, silentStep);
    const name = 'openapi.yaml';
    if (readFiles(join(projectTarget.out)).get(name) === files.get(name)) return undefined;
    return 'The contract in spec/ has changed since generated/ was written, and what is served is older. Run `npm run gen`, then start again.';
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `${formatFailure(error)}What is served is the last contract that was in order. Fix spec/, run \`npm run gen\`, then start again.`;
  }
}
