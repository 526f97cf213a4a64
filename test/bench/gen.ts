import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProjectCopy } from '../helpers/project-copy.ts';
import { compare, compareHead } from './compare.ts';
import { contractsIn } from './contracts.ts';
import { growth, growthHead } from './growth.ts';
import { installRivals } from './rivals.ts';

// All of it takes some minutes: names on the command line, of contracts or `growth`, choose a part.
const wanted = process.argv.slice(2);

installRivals();
using project = new ProjectCopy();
const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-bench-'));
try {
  const contracts = Object.entries(contractsIn(folder, project)).filter(([name]) => isWanted(name));
  if (contracts.length > 0) console.log(compareHead);
  for (const [, open] of contracts) for (const row of compare(open(), folder)) console.log(row);
  if (isWanted('growth')) console.log(['', growthHead, ...growth(folder, project)].join('\n'));
} finally {
  rmSync(folder, { recursive: true });
}

function isWanted(name: string): boolean {
  return wanted.length === 0 || wanted.includes(name);
}
