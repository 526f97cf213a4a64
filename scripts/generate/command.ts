import { Failure } from '../cli/failure.ts';
import { parseFlags } from '../cli/flags.ts';
import { runCommand } from '../cli/run-command.ts';
import { checkOutput } from './check-output.ts';
import { projectTarget, type Target, targetFor } from './target.ts';
import { updateOutput } from './update-output.ts';

const usage = 'npm run gen -- [--check] [--spec FILE --out FOLDER [--allow-remote]]';

/** `npm run gen`, with the arguments that follow it. */
export async function gen(args: readonly string[]): Promise<void> {
  await runCommand(async () => {
    const {
      check,
      spec,
      out,
      'allow-remote': allowRemote,
    } = parseFlags(args, { check: 'flag', spec: 'value', out: 'value', 'allow-remote': 'flag' }, usage);
    const target = chooseTarget(spec, out, allowRemote);
    await (check ? checkOutput(target) : updateOutput(target));
  });
}

function chooseTarget(spec?: string, out?: string, allowRemote?: true): Target {
  if (spec !== undefined && out !== undefined) return targetFor(spec, out, allowRemote);
  if (spec === undefined && out === undefined && !allowRemote) return projectTarget;
  throw new Failure(
    `--spec and --out go together, and --allow-remote only with them: another contract needs a folder of its own.\nUsage: ${usage}`,
    {
      exitCode: 2,
    },
  );
}
