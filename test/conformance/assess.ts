import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { Failure } from '../../scripts/cli/failure.ts';
import { compile } from '../generator/compile.ts';
import { generateHere } from '../generator/features.ts';
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
  /** What the compiler says of the output. */
  compilerErrors: string[];
  /** Milliseconds that gen took, without the start of the process. */
  duration: number;
}

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-conformance-'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
cpSync(join(root, 'scripts/runtime'), join(folder, 'runtime'), { recursive: true });
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function assess({ name, file }: PublishedContract): Promise<Verdict> {
  const verdict: Verdict = { name, operations: 0, skipped: [], compilerErrors: [], duration: 0 };
  const start = performance.now();
  try {
    const { files, operations, skipped } = await generateHere(file);
    verdict.duration = performance.now() - start;
    verdict.operations = operations;
    verdict.skipped = skipped.map(({ reason }) => reason);
    verdict.compilerErrors = compileOutput(files);
  } catch (error) {
    verdict.duration = performance.now() - start;
    if (error instanceof Failure) verdict.refused = describeRefusal(error);
    else verdict.fault = (error as Error).stack ?? String(error);
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
  for (const [name, text] of written)
    writeFileSync(join(out, name), text.replaceAll("'./runtime/", "'../runtime/"));
  const faults = compile(written.map(([name]) => join(out, name)));
  return faults.map((fault) => fault.replaceAll(`${out}/`, ''));
}

parentPort?.on('message', async (contract: PublishedContract) => {
  parentPort?.postMessage(await assess(contract));
});
