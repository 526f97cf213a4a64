import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isUrl, type Target } from '../cli/apis.ts';
import { projectRoot, toolchainRoot } from '../cli/project.ts';
import { listFiles } from '../output/files.ts';

/**
 * The hashes of what the last run of gen read and wrote, so that a run without changes ends immediately. The file is in
 * node_modules/, is not committed, and can be deleted at any time.
 */
interface RunRecord {
  /** The absolute paths of the files of the contract. */
  sources: string[];
  inputs: string;
  outputs: string;
}

/** Whether every input and output of gen is byte for byte the same as after its last run. */
export function isUpToDate(target: Target): boolean {
  const record = readRecord(target);
  return (
    record !== undefined &&
    record.inputs === fingerprintInputs(target, record.sources) &&
    record.outputs === fingerprintOutputs(target)
  );
}

/**
 * Records a run that has written its output. A run during which an input was saved is not recorded, as it is unknown
 * which version it has read; nor is one that has read from a server, which can change unnoticed.
 *
 * @param sources absolute paths of all files of the contract
 * @param start when the run began, in milliseconds since 1970
 */
export function rememberRun(target: Target, sources: string[], start: number): void {
  const inputs = inputFiles(target, sources);
  if (sources.some(isUrl)) return;
  if (inputs.some((file) => (statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0) >= start)) return;
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
    // If node_modules/ is read-only, the next run does all its work again.
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
  const root = projectRoot();
  const name = hash('sha256', JSON.stringify([root, target]));
  return join(root, 'node_modules/.cache/openapi-once/runs', `${name}.json`);
}

/** Everything that the output of gen depends on: the contract, its rules, the scripts, the installed packages. */
function inputFiles({ spec, lint, config }: Target, sources: string[]): string[] {
  const files = new Set(sources);
  for (const name of listFiles(join(toolchainRoot, 'scripts')))
    files.add(join(toolchainRoot, 'scripts', name));
  // The version of the toolchain.
  files.add(join(toolchainRoot, 'package.json'));
  for (const name of ['package.json', 'package-lock.json']) files.add(join(projectRoot(), name));
  // npm's list of what is really installed, which can differ from the lock file.
  files.add(join(projectRoot(), 'node_modules/.package-lock.json'));
  if (lint === 'project' && config !== undefined) {
    files.add(config);
    // A rule can read the folders themselves, and so files without a $ref to them.
    for (const folder of ['paths', 'components', 'webhooks'].map((name) => join(dirname(spec), name)))
      for (const name of listFiles(folder)) files.add(join(folder, name));
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
