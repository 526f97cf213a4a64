import { Failure } from '../cli/failure.ts';
import { pack, runInSight } from './commands.ts';
import { findProblems } from './problems.ts';
import { checks, readRelease, stepsOf } from './release.ts';

/**
 * Checks, builds and packs what stands in a folder; then publishes and tags it or, in a dry run, says how.
 *
 * @throws {Failure} that says what is in the way
 */
export async function makeRelease(root: string, { dryRun }: { dryRun: boolean }): Promise<void> {
  // What npm asks for the proof of where a package was built.
  if (!dryRun && process.env.ACTIONS_ID_TOKEN_REQUEST_URL === undefined) {
    throw new Failure(
      'A release is made by the workflow .github/workflows/release.yml, which can prove where it was built. Start that, or see what it would do: npm run release -- --dry-run',
      { exitCode: 2 },
    );
  }
  const release = readRelease(root);
  const problems = await findProblems(root, release);
  const refusal = new Failure(`${release.version} cannot be released yet.\n- ${problems.join('\n- ')}`);
  if (problems.length > 0) {
    if (!dryRun) throw refusal;
    // It goes on: whoever fixes one thing wants to know the others too.
    console.log(refusal.message);
  }

  for (const check of checks) await runInSight(root, check);
  const steps = stepsOf(release, await pack(root));
  if (!dryRun) {
    for (const step of steps) await runInSight(root, step);
    return;
  }
  console.log(`\nNothing was published. The release of ${release.version} would go on with:`);
  for (const step of steps) console.log(`  ${step.join(' ')}`);
  if (problems.length > 0) throw refusal;
}
