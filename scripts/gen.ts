import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { Failure } from './cli/failure.ts';
import { parseFlags } from './cli/flags.ts';
import { cacheFolder } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { checkOutput } from './generate/check-output.ts';
import { projectTarget, type Target, targetFor } from './generate/target.ts';
import { updateOutput } from './generate/update-output.ts';

const usage = 'npm run gen -- [--check] [--spec FILE --out FOLDER]';

// The libraries, imported only when there is something to do, are then compiled once and not at every run.
enableCompileCache(join(cacheFolder, 'compiled'));

await runCommand(async () => {
  const { check, spec, out } = parseFlags(
    process.argv.slice(2),
    { check: 'flag', spec: 'value', out: 'value' },
    usage,
  );
  const target = chooseTarget(spec, out);
  await (check ? checkOutput(target) : updateOutput(target));
});

function chooseTarget(spec: string | undefined, out: string | undefined): Target {
  if (spec !== undefined && out !== undefined) return targetFor(spec, out);
  if (spec === undefined && out === undefined) return projectTarget;
  throw new Failure(
    `--spec and --out go together: another contract needs a folder of its own.\nUsage: ${usage}`,
    {
      exitCode: 2,
    },
  );
}
