import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { parseYaml } from '@redocly/openapi-core';
import fc from 'fast-check';
import { Failure } from '../../scripts/cli/failure.ts';
import { normalize } from '../../scripts/generate/normalize/normalize.ts';
import { compile } from '../generator/compile.ts';
import { generateHere } from '../generator/features.ts';
import { Faces } from '../helpers/faces.ts';
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
  /** What the two clients send or return differently, for each such operation. */
  different: string[];
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
  const verdict: Verdict = {
    name,
    operations: 0,
    skipped: [],
    different: [],
    compilerErrors: [],
    duration: 0,
  };
  const start = performance.now();
  try {
    const { files, operations, skipped } = await generateHere(file);
    verdict.duration = performance.now() - start;
    verdict.operations = operations;
    verdict.skipped = skipped.map(({ reason }) => reason);
    const out = writeOutput(files);
    verdict.compilerErrors = compileOutput(out);
    verdict.different = await compareClients(out, files.get('openapi.yaml') ?? '');
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

/** In a folder of its own, as a module is loaded once. All outputs share one copy of the runtime. */
function writeOutput(files: Map<string, string>): string {
  const out = mkdtempSync(join(folder, 'out-'));
  for (const [name, text] of files)
    if (/^[\w-]+\.ts$/.test(name))
      writeFileSync(join(out, name), text.replaceAll("'./runtime/", "'../runtime/"));
  return out;
}

function compileOutput(out: string): string[] {
  const faults = compile(readdirSync(out).map((name) => join(out, name)));
  return faults.map((fault) => fault.replaceAll(`${out}/`, ''));
}

/** Calls each operation a few times through both clients. */
async function compareClients(out: string, yaml: string): Promise<string[]> {
  const clients = await import(pathToFileURL(join(out, 'index.ts')).href);
  const { document } = normalize(parseYaml(yaml) as object);
  const faces = new Faces(clients, document);
  const found: string[] = [];
  for (const operation of faces.operations) {
    const draw = fc.tuple(faces.argumentsOf(operation), faces.responsesOf(operation));
    const results = fc.sample(draw, { numRuns: 4, seed: 1 });
    for (const [values, respond] of results) {
      const difference = await faces.compare(operation, values, respond);
      if (difference === undefined) continue;
      found.push(difference);
      break;
    }
  }
  return found;
}

parentPort?.on('message', async (contract: PublishedContract) => {
  parentPort?.postMessage(await assess(contract));
});
