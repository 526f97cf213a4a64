import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Failure } from '../../scripts/cli/failure.ts';
import { wrongCall } from '../../scripts/cli/flags.ts';
import { runCommand } from '../../scripts/cli/run-command.ts';
import type { Verdict } from './assess.ts';
import { contractsBelow, directoryContracts } from './contracts.ts';
import { judgeAll } from './pool.ts';
import { formatBoard } from './table.ts';

const command = {
  call: 'npm run conformance',
  about:
    'Generates from published contracts, compiles what comes out, and prints how many fall short, and where. Without a folder, it takes a public directory of some 600, which the first run installs into the cache.',
  operands: '[FOLDER]',
  flags: {
    every: { value: 'NUMBER', about: 'only use every NUMBERth contract, for a quick look (default: 1)' },
  },
  examples: ['npm run conformance -- --every 10', 'npm run conformance -- ../contracts'],
  exitCodes: {
    0: 'What was generated compiles.',
    1: 'Some of it does not, or gen ended in a fault.',
  },
} as const;

await runCommand(command, process.argv.slice(2), async ({ every = '1' }, [folder, ...others]) => {
  if (!/^[1-9]\d*$/.test(every)) throw wrongCall(`--every takes a number from 1, but got "${every}".`);
  if (others.length > 0) throw wrongCall(`One folder is enough: "${others[0]}" is not expected here.`);
  const all = folder === undefined ? directoryContracts() : contractsBelow(resolve(folder));
  const contracts = all.filter((_, index) => index % Number(every) === 0);
  if (contracts.length === 0) throw new Failure(`There is no OpenAPI 3 contract below ${folder}.`);
  const verdicts: Verdict[] = [];
  await judgeAll(contracts, availableParallelism(), (verdict) => {
    verdicts.push(verdict);
    if (process.stderr.isTTY) process.stderr.write(`\r${verdicts.length} of ${contracts.length}`);
  });
  console.log(formatBoard(verdicts));
  if (verdicts.some(({ fault, compilerErrors }) => fault !== undefined || compilerErrors.length > 0))
    process.exitCode = 1;
});
