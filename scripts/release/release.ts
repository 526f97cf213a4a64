import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is about to be released. */
export interface Release {
  version: string;
  tag: string;
  repository: unknown;
}

export function readRelease(root: string): Release {
  const { version, repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { version, tag: `v${version}`, repository };
}

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** All that must pass before a release, the slowest last. */
export const checks: readonly Command[] = [
  ['npm', 'run', 'gen', '--', '--check'],
  ['npm', 'run', 'lint'],
  ['npm', 'test'],
  ['npm', 'run', 'test:runtimes'],
  ['npm', 'run', 'build'],
];

/** What makes a release, once a packed file stands. The tag comes last, so that no tag is of a failed release. */
export function stepsOf({ tag }: Release, tarball: string): Command[] {
  return [
    ['npm', 'publish', tarball, '--access', 'public', '--provenance'],
    ['git', 'tag', tag],
    ['git', 'push', '--quiet', 'origin', tag],
  ];
}
