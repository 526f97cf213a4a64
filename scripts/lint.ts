import { enableCompileCache } from 'node:module';
import { Failure } from './cli/failure.ts';
import { compiledFolder } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { checks } from './lint/checks.ts';
import { printReport, runCheck } from './lint/run-check.ts';

enableCompileCache(compiledFolder);

const command = {
  call: 'npm run lint',
  about:
    'Checks the contracts, their workflows, the types and the style of the code, the prose, the links, and unused code. Shows all findings together. With names, checks only these contracts.',
  operands: '[NAME...]',
  flags: { all: { about: 'show every finding of the contracts with its code, where there are many' } },
  examples: ['npm run lint', 'npm run lint -- --all'],
  exitCodes: { 0: 'All checks have passed.', 1: 'At least one check has findings.' },
} as const;

await runCommand(command, process.argv.slice(2), async ({ all = false }, names) => {
  // Runs all checks in parallel, and each to its end, so that you see all findings.
  const wanted = names.length > 0 ? checks.filter(({ name }) => name === 'contract') : checks;
  const reports = await Promise.all(wanted.map((check) => runCheck(check, { all, names })));
  reports.forEach(printReport);
  const failed = reports.filter(({ passed }) => !passed).map(({ name }) => name);
  if (failed.length > 0) throw new Failure(`Not clean: ${failed.join(', ')}.`);
});
