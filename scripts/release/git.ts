import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What a git command prints, without the end of its line. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { cwd: folder });
  return stdout.trimEnd();
}
