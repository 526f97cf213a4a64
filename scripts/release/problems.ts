import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './git.ts';
import type { Release } from './release.ts';

/** A sentence for each reason not to release the contents of a folder: what is missing, and how to fix it. */
export async function findProblems(root: string, { tag, version, repository }: Release): Promise<string[]> {
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
    problems.push(
      'package.json names no repository, and npm vouches for no package without. Add "repository".',
    );
  }
  return problems;
}
