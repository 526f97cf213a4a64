import { Failure } from '../cli/failure.ts';
import { parseFlags } from '../cli/flags.ts';
import { runCommand } from '../cli/run-command.ts';
import { checkOutput } from './check-output.ts';
import { projectTarget, ruleSets, type Target, targetFor } from './target.ts';
import { updateOutput } from './update-output.ts';
import { watchTarget } from './watch.ts';

const usage =
  'npm run gen -- [--check | --watch] [--spec FILE --out FOLDER [--lint recommended|project|off] [--allow-remote]]';

/** `npm run gen`, with the arguments that follow it. */
export async function gen(args: readonly string[]): Promise<void> {
  await runCommand(async () => {
    const { check, watch, ...choices } = parseFlags(
      args,
      {
        ...{ check: 'flag', watch: 'flag' },
        ...{ spec: 'value', out: 'value', lint: 'value', 'allow-remote': 'flag' },
      },
      usage,
    );
    if (check && watch) refuse('--check looks once, and --watch goes on: take one of them.');
    const target = chooseTarget(choices);
    if (check) await checkOutput(target);
    else if (watch) await watchTarget(target);
    else await updateOutput(target);
  });
}

interface Choices {
  spec?: string;
  out?: string;
  lint?: string;
  'allow-remote'?: true;
}

function chooseTarget({ spec, out, lint, 'allow-remote': allowRemote }: Choices): Target {
  if (lint !== undefined && !isRuleSet(lint)) {
    return refuse(`--lint takes ${Object.keys(ruleSets).join(', ')}, but got "${lint}".`);
  }
  if (spec !== undefined && out !== undefined) return targetFor(spec, out, { lint, allowRemote });
  if (spec === undefined && out === undefined && !lint && !allowRemote) return projectTarget;
  return refuse(
    '--spec and --out go together, and --lint and --allow-remote only with them: another contract needs a folder of its own.',
  );
}

function isRuleSet(lint: string): lint is keyof typeof ruleSets {
  return Object.hasOwn(ruleSets, lint);
}

function refuse(problem: string): never {
  throw new Failure(`${problem}\nUsage: ${usage}`, { exitCode: 2 });
}
