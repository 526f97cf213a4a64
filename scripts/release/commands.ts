import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../cli/failure.ts';

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/**
 * Runs a command and shows its output.
 *
 * @throws {Failure} if it does not exit with 0
 */
export async function runInSight(root: string, [program, ...args]: Command): Promise<void> {
  const command = [program, ...args].join(' ');
  console.log(`\n$ ${command}`);
  const [exitCode] = await once(spawn(program, args, { cwd: root, stdio: 'inherit' }), 'exit');
  if (exitCode !== 0)
    throw new Failure(`\`${command}\` has failed: see above. The steps after it were not run.`);
}

/**
 * Packs a package, and lists each file with its size.
 *
 * @param source its folder, relative to the root
 * @returns the path of the packed file, relative to the root
 */
export async function pack(root: string, source: string): Promise<string> {
  const folder = 'dist/release';
  mkdirSync(join(root, folder), { recursive: true });
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder, source];
  const [packed] = JSON.parse((await promisify(execFile)('npm', args, { cwd: root })).stdout);
  const tarball = `${folder}/${packed.filename}`;
  console.log(`\n${tarball}: ${packed.size} bytes packed, ${packed.unpackedSize} bytes unpacked`);
  for (const { path, size } of packed.files) console.log(`${String(size).padStart(8)}  ${path}`);
  return tarball;
}

/** Runs a git command and returns its output, without the trailing newline. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, { cwd: folder });
  return stdout.trimEnd();
}
