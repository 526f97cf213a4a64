import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { parseYaml } from '@redocly/openapi-core';
import fc from 'fast-check';
import { targetFor } from '../../scripts/cli/apis.ts';
import { Failure } from '../../scripts/cli/failure.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { generateFrom } from '../../scripts/generate/from-contract.ts';
import { normalize } from '../../scripts/generate/normalize/normalize.ts';
import { compile, ordinary } from '../generator/compile.ts';
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
  /** What the compiler says of the output in an ordinary project. */
  compilerErrors: string[];
  /** Milliseconds that gen took, without the start of the process. */
  duration: number;
}

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-conformance-'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
for (const name of ['runtime', 'loaded']) mkdirSync(join(folder, name));
// An idempotency key is another one for each call.
crypto.randomUUID = () => '00000000-0000-4000-8000-000000000000';
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
    // Some publish a contract in several folders.
    const target = targetFor(file, 'unused', { extension: 'js', allowRemote: true });
    const { files, operations, skipped } = await generateFrom(target, silentStep);
    verdict.duration = performance.now() - start;
    verdict.operations = operations;
    verdict.skipped = skipped.map(({ reason }) => reason);
    verdict.compilerErrors = compileOutput(writeOutput(files, 'runtime'));
    verdict.different = await compareClients(
      writeOutput(forNode(files), 'loaded'),
      files.get('openapi.yaml') ?? '',
    );
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

/** Node loads TypeScript by the names of its files. */
function forNode(files: Map<string, string>): Map<string, string> {
  return new Map(
    Array.from(files, ([name, text]) => [name, text.replace(/(from '\.[^']*)\.js'/g, "$1.ts'")]),
  );
}

/** In a folder of its own, as a module is loaded once. All outputs share one copy of the runtime. */
function writeOutput(files: Map<string, string>, runtime: string): string {
  const out = mkdtempSync(join(folder, 'out-'));
  for (const [name, text] of files) {
    if (name.startsWith('runtime/')) writeFileSync(join(folder, name.replace('runtime', runtime)), text);
    else if (/^[\w-]+\.ts$/.test(name))
      writeFileSync(join(out, name), text.replaceAll("'./runtime/", `'../${runtime}/`));
  }
  return out;
}

function compileOutput(out: string): string[] {
  const files = readdirSync(out).map((name) => join(out, name));
  const faults = compile(files, ordinary);
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
