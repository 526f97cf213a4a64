import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Target } from '../cli/apis.ts';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { printable } from '../cli/printable.ts';
import { printStep, type RunStep } from '../cli/steps.ts';
import { type Change, compareFiles } from '../output/changes.ts';
import { type Files, listFiles, readFiles } from '../output/files.ts';
import { replaceFolder, restoreFolder } from '../output/replace-folder.ts';
import type { Generated } from './from-contract.ts';
import { generate } from './generate.ts';
import { hasHeader } from './header.ts';
import { isUpToDate, rememberRun } from './run-record.ts';

const verbs = { missing: 'added', different: 'changed', extra: 'removed' };

/**
 * Updates the output folder and prints what has changed. Does nothing if neither the contract nor the toolchain nor the
 * output has changed since the last run.
 *
 * @throws {Failure} before anything is written
 */
export async function updateOutput(target: Target): Promise<void> {
  const start = Date.now();
  restoreFolder(target.out);
  if (isUpToDate(target)) {
    console.log(`Nothing has changed since the last run: ${displayPath(target.out)}/ is up to date.`);
    return;
  }
  // Refuses the folder at once, not after the work.
  readOutput(target);
  const generated = await generate(target, printStep);
  await writeOutput(target, generated, printStep);
  rememberRun(target, generated.sources, start);
}

/**
 * Writes the generated files if they differ from the existing ones, and prints the warnings.
 *
 * @throws {Failure} before anything is written
 */
export async function writeOutput(
  target: Target,
  { files, warnings, skipped, needs }: Generated,
  step: RunStep,
): Promise<void> {
  const changes = await step('write', () => replaceOutput(target, files));
  for (const { file, line, column, message } of warnings) {
    console.log(`  warning ${displayPath(file)}:${line}:${column}: ${printable(message)}`);
  }
  if (skipped.length > 0)
    console.log('The fetch client can call an operation without a method, unless fetch does not send it.');
  if (needs.length > 0) console.log(`To compile, the project needs ${needs.join(', and ')}.`);
  console.log(describeChanges(changes, `${displayPath(target.out)}/`, files.size));
}

/**
 * Writes files into the output folder if they differ from the existing ones.
 *
 * @throws {Failure} before anything is written
 */
export function replaceOutput(target: Target, files: Files): Change[] {
  const changes = compareFiles(readOutput(target), files);
  if (changes.length > 0) replaceFolder(target.out, files);
  return changes;
}

function describeChanges(changes: Change[], folder: string, count: number): string {
  if (changes.length === 0) return `All ${count} files in ${folder} are as they were.`;
  return changes.map(({ kind, name }) => `  ${verbs[kind].padEnd(8)}${folder}${name}`).join('\n');
}

/**
 * Reads the files that will be replaced.
 *
 * @throws {Failure} if the path of --out is not a folder, or contains files that gen has not written and that would be
 *   lost
 */
function readOutput({ name, spec, out }: Target): Files {
  const stats = lstatSync(out, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink()) {
    throw new Failure(
      `${displayPath(out)} is a symbolic link. Give gen the folder itself: it is replaced as a whole.`,
    );
  }
  if (stats && !stats.isDirectory())
    throw new Failure(`${displayPath(out)} is not a folder. Give gen a folder for its output.`);
  // redocly.yaml has made the folder ours, once gen has written it.
  const foreign = stats && !(name && isOurs(join(out, 'openapi.yaml'))) && findForeign(out, spec);
  if (foreign) {
    throw new Failure(
      `${displayPath(out)} contains ${foreign}, which gen did not write. gen replaces the whole folder: give it a separate one.`,
    );
  }
  return readFiles(out);
}

/** Does not search folders that gen does not write: the given one can be the root of the disk. */
function findForeign(out: string, spec: string): string | undefined {
  for (const entry of readdirSync(out, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== 'runtime') return `${entry.name}/`;
    const within = entry.isDirectory() ? listFiles(join(out, entry.name)) : [''];
    const foreign = within
      .map((name) => posix.join(entry.name, name))
      .find((name) => join(out, name) === spec || !isOurs(join(out, name)));
    if (foreign !== undefined) return foreign;
  }
  return undefined;
}

function isOurs(file: string): boolean {
  return (
    lstatSync(file, { throwIfNoEntry: false })?.isFile() === true && hasHeader(readFileSync(file, 'utf8'))
  );
}
