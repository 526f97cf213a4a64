import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../cli/failure.ts';
import { cacheFolder, projectRoot } from '../cli/project.ts';

const run = promisify(execFile);

/** The project at a commit, in a temporary folder. */
export interface Base extends Disposable {
  /** The temporary folder, which can hold other files as well. */
  folder: string;
  /** The root of the project in it. */
  root: string;
}

/**
 * Extracts a commit into node_modules/, so that its code finds the installed packages.
 *
 * @param spec path of the contract within the project
 * @throws {Failure} without git or a repository, for an unknown commit, or for one without that contract
 */
export async function unpackBase(ref: string, spec: string): Promise<Base> {
  const commit = await resolveCommit(ref);
  const folder = join(cacheFolder(), `diff.${process.pid}`);
  const root = join(folder, 'base');
  const base = {
    folder,
    root,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
  try {
    mkdirSync(root, { recursive: true });
    const archive = join(folder, 'base.tar');
    // Started in a folder of the repository, it archives only that folder.
    await run('git', ['archive', '--output', archive, commit], { cwd: projectRoot() });
    await run('tar', ['-xf', archive, '-C', root]);
    if (!existsSync(join(root, spec))) {
      throw new Failure(
        `There is no ${spec} at ${ref}: nothing can be compared. Name a commit that has one, with --base.`,
      );
    }
    return base;
  } catch (error) {
    base[Symbol.dispose]();
    throw error;
  }
}

async function resolveCommit(ref: string): Promise<string> {
  try {
    // The suffix also prevents that git treats the value as a flag.
    const { stdout } = await run('git', ['rev-parse', '--verify', `${ref}^{commit}`], {
      cwd: projectRoot(),
    });
    return stdout.trim();
  } catch (error) {
    throw new Failure(describeGitError(error as NodeJS.ErrnoException & { stderr?: string }, ref));
  }
}

function describeGitError(
  { code, stderr = '' }: NodeJS.ErrnoException & { stderr?: string },
  ref: string,
): string {
  if (code === 'ENOENT')
    return 'git is not installed, but the base is read from it. Install git and run the command again.';
  if (stderr.includes('not a git repository')) {
    return 'This folder is not under git: there is no base to compare with. Run the command in a clone of the project.';
  }
  if (!stderr.includes('Needed a single revision')) return `git could not read ${ref}: ${stderr.trim()}`;
  return `git has no commit ${ref}. Name one that exists, such as HEAD~1, a branch or a tag, with --base.`;
}
