import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { Failure } from '../../scripts/cli/failure.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { generateFrom } from '../../scripts/generate/from-contract.ts';
import { targetFor } from '../../scripts/generate/target.ts';
import { compile, ordinary } from '../generator/compile.ts';
import type { PublishedContract } from './contracts.ts';

/** What became of one contract. */
export interface Verdict {
  name: string;
  /** Why gen refused it: a sentence for the person who runs it. */
  refused?: string;
  /** What should never happen: an error that is not meant for that person, or no end. */
  fault?: string;
  operations: number;
  /** Why an operation has no method, once for each. */
  skipped: string[];
  /** What the compiler says of the output in an ordinary project. */
  compilerErrors: string[];
  /** Milliseconds that gen took, without the start of the process. */
  duration: number;
}

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-conformance-'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
mkdirSync(join(folder, 'runtime'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function assess({ name, file }: PublishedContract): Promise<Verdict> {
  const verdict: Verdict = { name, operations: 0, skipped: [], compilerErrors: [], duration: 0 };
  const start = performance.now();
  try {
    // Some publish a contract in several folders.
    const target = targetFor(file, 'unused', { extension: 'js', allowRemote: true });
    const { files, operations, skipped } = await generateFrom(target, silentStep);
    verdict.duration = performance.now() - start;
    verdict.operations = operations;
    verdict.skipped = skipped.map(({ reason }) => reason);
    verdict.compilerErrors = compileOutput(files);
  } catch (error) {
    verdict.duration = performance.now() - start;
    const { cause } = error as Error;
    const ours = cause instanceof Error && cause.constructor !== Error;
    if (error instanceof Failure && !ours) verdict.refused = describeRefusal(error);
    else verdict.fault = ((ours ? cause : error) as Error).stack ?? String(error);
  }
  return verdict;
}

function describeRefusal({ message, findings }: Failure): string {
  const [first] = findings.filter(({ severity }) => severity === 'error');
  return first ? `${first.rule} at ${first.line}:${first.column}: ${first.message}` : message;
}

/** All outputs share one copy of the runtime, so that it is parsed once. */
function compileOutput(files: Map<string, string>): string[] {
  const out = join(folder, 'out');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const written = [...files].filter(([name]) => /^[\w-]+\.ts$/.test(name));
  for (const [name, text] of files) if (name.startsWith('runtime/')) writeFileSync(join(folder, name), text);
  for (const [name, text] of written)
    writeFileSync(join(out, name), text.replaceAll("'./runtime/", "'../runtime/"));
  const faults = compile(
    written.map(([name]) => join(out, name)),
    ordinary,
  );
  return faults.map((fault) => fault.replaceAll(`${out}/`, ''));
}

parentPort?.on('message', async (contract: PublishedContract) => {
  parentPort?.postMessage(await assess(contract));
});
