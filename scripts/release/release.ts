import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { type Command, git, pack, runInSight } from './commands.ts';

/**
 * Checks, builds and packs the project in a folder; then publishes and tags it or, in a dry run, prints the commands
 * for that.
 *
 * @throws {Failure} that says why the release is not possible
 */
export async function makeRelease(root: string, { dryRun }: { dryRun: boolean }): Promise<void> {
  // npm needs it for the provenance of the package.
  if (!dryRun && process.env.ACTIONS_ID_TOKEN_REQUEST_URL === undefined) {
    throw new Failure(
      'A release is made by the workflow .github/workflows/release.yml, which can prove where it was built. Start it, or see what it would do: npm run release -- --dry-run',
      { exitCode: 2 },
    );
  }
  const release = readRelease(root);
  const problems = await findProblems(root, release);
  const refusal = new Failure(`${release.version} cannot be released yet.\n- ${problems.join('\n- ')}`);
  if (problems.length > 0) {
    if (!dryRun) throw refusal;
    // A dry run goes on, so that you see all problems.
    console.log(refusal.message);
  }

  for (const check of checks) await runInSight(root, check);
  const packed: string[] = [];
  for (const source of packages) packed.push(await pack(root, source));
  const steps = stepsOf(release, packed);
  if (!dryRun) {
    for (const step of steps) await runInSight(root, step);
    return;
  }
  console.log(`\nNothing was published. The release of ${release.version} would go on with:`);
  for (const step of steps) console.log(`  ${step.join(' ')}`);
  if (problems.length > 0) throw refusal;
}

/** The release to create. */
interface Release {
  version: string;
  tag: string;
  repository: unknown;
}

function readRelease(root: string): Release {
  const { version, repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { version, tag: `v${version}`, repository };
}

/** The checks that must pass before a release. */
const checks: readonly Command[] = [
  ['npm', 'run', 'gen', '--', '--check'],
  ['npm', 'run', 'lint'],
  ['npm', 'test'],
  ['npm', 'run', 'test:runtimes'],
  ['npm', 'run', 'build'],
];

/** The folders of the two packages: the client, and the toolchain. */
const packages = ['.', './dist/openapi-once'];

/** The commands that publish the packages. The tag comes last, so that a failed release has no tag. */
function stepsOf({ tag }: Release, tarballs: readonly string[]): Command[] {
  return [
    ...tarballs.map((tarball): Command => ['npm', 'publish', tarball, '--access', 'public', '--provenance']),
    ['git', 'tag', tag],
    ['git', 'push', '--quiet', 'origin', tag],
  ];
}

/** A sentence for each reason why the release is not possible, and how to fix it. */
async function findProblems(root: string, { tag, version, repository }: Release): Promise<string[]> {
  const [changed, branch, tags] = await Promise.all([
    git(root, 'status', '--porcelain'),
    git(root, 'branch', '--show-current'),
    git(root, 'tag', '--list', tag),
  ]);
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const problems: string[] = [];
  if (changed !== '')
    problems.push(`There are changes that are not committed. Commit them first:\n${changed}`);
  if (branch !== 'main') problems.push(`This is not the branch main, but "${branch}". Merge it first.`);
  if (tags !== '') {
    problems.push(`There is a tag ${tag} already. Raise the version in package.json and spec/openapi.yaml.`);
  }
  if (!changelog.includes(`\n## ${version} - `)) {
    const heading = `## ${version} - ${new Date().toISOString().slice(0, 10)}`;
    problems.push(`CHANGELOG.md has no part for ${version}. Write "${heading}" below "## Unreleased".`);
  }
  if (repository === undefined) {
    problems.push('package.json names no repository, which npm needs for provenance. Add "repository".');
  }
  return problems;
}
