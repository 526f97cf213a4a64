import { enableCompileCache } from 'node:module';
import { Failure } from './cli/failure.ts';
import { parseFlags } from './cli/flags.ts';
import { compiledFolder } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { checks } from './lint/checks.ts';
import { printReport, runCheck } from './lint/run-check.ts';

enableCompileCache(compiledFolder);

await runCommand(async () => {
  parseFlags(process.argv.slice(2), {}, 'npm run lint');
  // All at once, and each to its end: whoever mends one finding wants to know of the others too.
  const reports = await Promise.all(checks.map(runCheck));
  reports.forEach(printReport);
  const failed = reports.filter(({ passed }) => !passed).map(({ name }) => name);
  if (failed.length > 0) throw new Failure(`Not clean: ${failed.join(', ')}.`);
});
