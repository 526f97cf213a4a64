import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, projectRoot } from '../cli/project.ts';
import { listFiles } from '../output/files.ts';
import type { Target } from './target.ts';

/**
 * What the last run of gen read and wrote, as fingerprints, so that a run with nothing to do can say so at once.
 * It lives in node_modules/, is never committed, and may be deleted at any time.
 */
interface RunRecord {
  /** Absolute paths of the contract's files. */
  sources: string[];
  inputs: string;
  outputs: string;
}

/** Whether every input and every output of gen is, byte for byte, what it was after its last run. */
export function isUpToDate(target: Target): boolean {
  const record = readRecord(target);
  return (
    record !== undefined &&
    record.inputs === fingerprintInputs(target, record.sources) &&
    record.outputs === fingerprintOutputs(target)
  );
}

/**
 * Remembers a run that has written its output. A run during which an input was saved is not remembered: which of the
 * two versions it has read is not known.
 *
 * @param sources absolute paths of all files that the contract consists of
 */
export function rememberRun(target: Target, sources: string[]): void {
  const inputs = inputFiles(target, sources);
  if (
    inputs.some((file) => (statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0) >= performance.timeOrigin)
  )
    return;
  const record: RunRecord = {
    sources,
    inputs: fingerprintInputs(target, sources),
    outputs: fingerprintOutputs(target),
  };
  const file = recordFile(target);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(record));
  } catch {
    // Where node_modules/ is read-only, the next run does its work again.
  }
}

function readRecord(target: Target): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(target), 'utf8'));
  } catch {
    return undefined;
  }
}

function recordFile(target: Target): string {
  return join(cacheFolder, 'runs', `${hash('sha256', JSON.stringify([projectRoot, target]))}.json`);
}

/** Everything that gen's output depends on: the contract, its rules, the scripts, the installed packages. */
function inputFiles({ spec, rules }: Target, sources: string[]): string[] {
  const files = new Set(sources);
  for (const name of listFiles(join(projectRoot, 'scripts'))) files.add(join(projectRoot, 'scripts', name));
  files.add(join(projectRoot, 'package.json'));
  files.add(join(projectRoot, 'package-lock.json'));
  // npm's own note of what is really installed, which can lag behind the lock file.
  files.add(join(projectRoot, 'node_modules/.package-lock.json'));
  if (rules !== undefined) {
    files.add(rules);
    // A rule may look at the folder itself, and so at files that no $ref leads to.
    for (const name of listFiles(dirname(spec))) files.add(join(dirname(spec), name));
  }
  return [...files].sort();
}

function fingerprintInputs(target: Target, sources: string[]): string {
  return fingerprint([
    process.version,
    ...inputFiles(target, sources).flatMap((file) => [file, hashFile(file)]),
  ]);
}

function fingerprintOutputs({ out }: Target): string {
  return fingerprint(listFiles(out).flatMap((name) => [name, hashFile(join(out, name))]));
}

function hashFile(file: string): string {
  try {
    return hash('sha256', readFileSync(file));
  } catch {
    return 'missing';
  }
}

function fingerprint(parts: string[]): string {
  return hash('sha256', JSON.stringify(parts));
}
