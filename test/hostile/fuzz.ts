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
import { parseYaml } from '@redocly/openapi-core';
import { Failure } from '../../scripts/cli/failure.ts';
import { compile } from '../generator/compile.ts';
import { generateHere } from '../generator/features.ts';
import { mutate, randomFrom } from './mutate.ts';

const root = join(import.meta.dirname, '../..');

/** What came of a run: how many contracts were refused, how many gave code, and each fault of the toolchain. */
export interface FuzzReport {
  refused: number;
  generated: number;
  faults: string[];
}

/**
 * Generates from contracts that were changed at random. Each must be refused with a sentence, or give code that
 * compiles under strict; what is neither is a fault.
 *
 * @param seed the same seed gives the same contracts; contract number n is the one that n further seeds would start with
 */
export async function fuzz(runs: number, seed: number): Promise<FuzzReport> {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-fuzz-'));
  const report: FuzzReport = { refused: 0, generated: 0, faults: [] };
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    cpSync(join(root, 'scripts/runtime'), join(folder, 'runtime'), { recursive: true });
    const clients: string[] = [];
    for (let run = seed; run < seed + runs; run++) {
      const random = randomFrom(run);
      const contract = contracts[Math.floor(random() * contracts.length)] ?? {};
      const spec = join(folder, `${run}.json`);
      writeFileSync(spec, JSON.stringify(mutate(contract, random)));
      try {
        const { files } = await generateHere(spec);
        mkdirSync(join(folder, `${run}`));
        symlinkSync('../runtime', join(folder, `${run}`, 'runtime'));
        for (const name of ['client.ts', 'schema.ts', 'webhooks.ts']) {
          const text = files.get(name);
          if (text === undefined) continue;
          writeFileSync(join(folder, `${run}`, name), text);
          clients.push(join(folder, `${run}`, name));
        }
        report.generated++;
      } catch (error) {
        if (error instanceof Failure && error.message !== '') report.refused++;
        else report.faults.push(`contract ${run}: ${(error as Error).stack}`);
      }
    }
    report.faults.push(...compile(clients).map((finding) => finding.replace(`${folder}/`, 'contract ')));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return report;
}

/** This project's own, and the small ones that the generator is tested with. */
const contracts = [
  'generated/openapi.yaml',
  ...globSync('test/generator/contracts/{*,features/*}.yaml', {
    cwd: root,
    exclude: (name) => name.endsWith('/files.yaml'),
  }),
].map((file) => parseYaml(readFileSync(join(root, file), 'utf8')) as object);
