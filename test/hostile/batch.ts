import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { parseYaml } from '@redocly/openapi-core';
import { Failure } from '../../scripts/cli/failure.ts';
import { compile } from '../generator/compile.ts';
import { generateHere } from '../generator/features.ts';
import { mutate, randomFrom } from './mutate.ts';

/** What a thread is given: the numbers of the contracts, from `first` up to and without `end`. */
export interface Batch {
  first: number;
  end: number;
}

/** What came of a batch. */
export interface BatchReport {
  refused: number;
  generated: number;
  /** What was neither refused with a sentence nor gave code that compiles, a line or more each. */
  faults: string[];
}

const root = join(import.meta.dirname, '../..');

/** This project's own contract, and the small ones that the generator is tested with. */
const contracts = [
  'generated/openapi.yaml',
  ...globSync('test/generator/contracts/{*,features/*}.yaml', {
    cwd: root,
    exclude: (name) => name.endsWith('/files.yaml'),
  }).sort(),
].map((file) => parseYaml(readFileSync(join(root, file), 'utf8')) as object);

async function run({ first, end }: Batch): Promise<BatchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-fuzz-'));
  const report: BatchReport = { refused: 0, generated: 0, faults: [] };
  const clients: string[] = [];
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    cpSync(join(root, 'scripts/runtime'), join(folder, 'runtime'), { recursive: true });
    for (let number = first; number < end; number++) {
      parentPort?.postMessage(number);
      try {
        clients.push(...(await generateClient(number, folder)));
        report.generated++;
      } catch (error) {
        if (error instanceof Failure && error.message !== '') report.refused++;
        else report.faults.push(`contract ${number}: ${(error as Error).stack}`);
      }
    }
    report.faults.push(...compile(clients).map((fault) => fault.replace(`${folder}/`, 'contract ')));
    return report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes the files that could fail to compile, and returns their paths. All clients share one copy of the runtime. */
async function generateClient(number: number, folder: string): Promise<string[]> {
  const random = randomFrom(number);
  const contract = contracts[Math.floor(random() * contracts.length)] ?? {};
  const spec = join(folder, `${number}.json`);
  writeFileSync(spec, JSON.stringify(mutate(contract, random)));
  const { files } = await generateHere(spec);
  mkdirSync(join(folder, `${number}`));
  return [...files].flatMap(([name, text]) => {
    if (!/^[\w-]+\.ts$/.test(name)) return [];
    const file = join(folder, `${number}`, name);
    writeFileSync(file, text.replaceAll("'./runtime/", "'../runtime/"));
    return [file];
  });
}

parentPort?.postMessage(await run(workerData));
