/** Changes contracts at random for as long as it is told to, and prints what no one should meet. */
import { wrongCall } from '../../scripts/cli/flags.ts';
import { runCommand } from '../../scripts/cli/run-command.ts';
import { fuzz } from './fuzz.ts';

const command = {
  call: 'npm run fuzz',
  about:
    'Changes contracts at random, generates from each, and prints every one that ends in something else than code that compiles or a finding.',
  flags: {
    runs: { value: 'NUMBER', about: 'how many contracts to try (default: 2000)' },
    seed: {
      value: 'NUMBER',
      about: 'the seed of the random changes: the same seed gives the same contracts (default: 1)',
    },
  },
  examples: ['npm run fuzz', 'npm run fuzz -- --runs 500 --seed 7'],
  exitCodes: { 0: 'No fault was found.', 1: 'The faults that are shown were found.' },
} as const;

await runCommand(command, process.argv.slice(2), async ({ runs = '2000', seed = '1' }) => {
  const { refused, generated, faults } = await fuzz(readNumber('runs', runs), readNumber('seed', seed));
  for (const fault of faults) console.error(fault);
  console.log(`${refused} refused, ${generated} generated and compiled, ${faults.length} faults.`);
  if (faults.length > 0) process.exitCode = 1;
});

function readNumber(flag: string, value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw wrongCall(`--${flag} takes a whole number, but got "${value}".`);
}
