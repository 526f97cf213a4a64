import type { Target } from '../cli/apis.ts';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { silentStep } from '../cli/steps.ts';
import { compareFiles } from '../output/changes.ts';
import { readFiles } from '../output/files.ts';
import { generate } from './generate.ts';

/**
 * Compares the output folder with what gen would write now. Generates everything in memory, without trusting the record
 * of an earlier run.
 *
 * @throws {Failure} naming each file that is missing, different or extra, and the command that fixes it
 */
export async function checkOutput(target: Target): Promise<void> {
  const { files } = await generate(target, silentStep);
  const changes = compareFiles(readFiles(target.out), files);
  const folder = `${displayPath(target.out)}/`;
  if (changes.length === 0) {
    console.log(`All ${files.size} files in ${folder} match the contract.`);
    return;
  }
  const list = changes.map(({ kind, name }) => `  ${kind.padEnd(10)}${folder}${name}`).join('\n');
  throw new Failure(
    `${folder} does not match the contract:\n${list}\nRun \`${commandFor(target)}\` and commit the result.`,
  );
}

/** The call of gen for a target. */
export function commandFor(target: Target): string {
  const { name, spec, out, lint, overlay, only, allowRemote, extension } = target;
  if (name !== undefined) return 'npm run gen';
  const flags = [
    ...['--spec', displayPath(spec), '--out', displayPath(out)],
    ...(lint === 'off' ? [] : ['--lint', lint]),
    ...(overlay ? ['--overlay', displayPath(overlay)] : []),
    ...(only ? ['--only', `'${only}'`] : []),
    ...(allowRemote ? ['--allow-remote'] : []),
    ...(extension ? ['--extension', extension] : []),
  ];
  return `npm run gen -- ${flags.join(' ')}`;
}
