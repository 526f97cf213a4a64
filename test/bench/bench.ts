import { wrongCall } from '../../scripts/cli/flags.ts';
import { runCommand } from '../../scripts/cli/run-command.ts';

const parts = ['this', 'files', 'github', 'growth', 'calls', 'sandbox'];

const command = {
  call: 'npm run bench',
  about: `Measures this project and other tools, and prints tables. All parts together take some minutes; the first run installs the other tools. The parts: ${parts.join(', ')}.`,
  operands: '[PART...]',
  flags: {},
  examples: ['npm run bench', 'npm run bench -- growth', 'npm run bench -- this calls'],
  exitCodes: { 0: 'All was measured.', 1: 'A tool has failed: the message says which.' },
};

await runCommand(command, process.argv.slice(2), async (_flags, given) => {
  const unknown = given.find((part) => !parts.includes(part));
  if (unknown !== undefined) throw wrongCall(`There is no part ${unknown}. Take ${parts.join(', ')}.`);
  const wanted = given.length > 0 ? given : parts;
  const contracts = wanted.filter((part) => part !== 'calls' && part !== 'sandbox');
  if (contracts.length > 0) (await import('./gen.ts')).measureGeneration(contracts);
  // These measure as they are loaded.
  if (wanted.includes('calls')) await import('./client.ts');
  if (wanted.includes('sandbox')) await import('./sandbox.ts');
});
