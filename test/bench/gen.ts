import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProjectCopy } from '../helpers/project-copy.ts';
import { compare, compareHead } from './compare.ts';
import { contractsIn } from './contracts.ts';
import { growth, growthHead } from './growth.ts';
import { installRivals } from './rivals.ts';

/** Generates from some contracts, named as in contracts.ts, and from ones that grow. */
export function measureGeneration(wanted: readonly string[]): void {
  installRivals();
  using project = new ProjectCopy();
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-bench-'));
  try {
    const contracts = Object.entries(contractsIn(folder, project)).filter(([name]) => wanted.includes(name));
    if (contracts.length > 0) console.log(compareHead);
    for (const [, open] of contracts) for (const row of compare(open(), folder)) console.log(row);
    if (wanted.includes('growth')) console.log(['', growthHead, ...growth(folder, project)].join('\n'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
