import { enableCompileCache } from 'node:module';
import { parseFlags } from './cli/flags.ts';
import { compiledFolder } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { checkTarget, flagKinds, usage } from './verify/target.ts';

enableCompileCache(compiledFolder);

await runCommand(async () => {
  const target = await checkTarget(parseFlags(process.argv.slice(2), flagKinds, usage), process.env);
  const [{ verify }, { formatReport, hasDrift }] = await Promise.all([
    import('./verify/verify.ts'),
    import('./verify/report.ts'),
  ]);
  const outcome = await verify(target);
  console.log(formatReport(outcome, target));
  if (hasDrift(outcome)) process.exitCode = 1;
});
