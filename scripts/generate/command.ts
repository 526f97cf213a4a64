import { wrongCall } from '../cli/flags.ts';
import { runCommand } from '../cli/run-command.ts';
import { checkOutput } from './check-output.ts';
import { type Extension, extensions } from './imports.ts';
import { projectTarget, ruleSets, type Target, targetFor } from './target.ts';
import { updateOutput } from './update-output.ts';
import { watchTarget } from './watch.ts';

const command = {
  call: 'npm run gen',
  about:
    'Lints the contract in spec/, bundles it, and writes the types, the client and the webhooks into generated/: all of it or nothing. Fast when nothing has changed.',
  flags: {
    check: { about: 'write nothing: list the files of the output that do not match the contract' },
    watch: { about: 'generate after each change of the contract, until Ctrl-C' },
    spec: { value: 'FILE', about: 'the first file of another OpenAPI 3 document; with --out' },
    out: { value: 'FOLDER', about: 'the output folder, which is replaced as a whole' },
    lint: {
      value: 'RULES',
      about:
        'the rules for that document: off (default; its structure alone), recommended (of Redocly) or project (ours)',
    },
    overlay: {
      value: 'FILE',
      about: 'an OpenAPI Overlay to apply to that document, such as x-pagination for its lists',
    },
    only: {
      value: 'SELECTORS',
      about:
        'only the operations that are named, and what they need: tag:NAME, path:PATH with * for any text, operation:ID; separated by commas',
    },
    extension: {
      value: 'EXTENSION',
      about:
        'how relative imports in the output end: ts, js or none (default: what works by the tsconfig.json above the folder)',
    },
    all: { about: 'show every finding with its code, where there are many' },
    'allow-remote': { about: 'let a $ref of that document lead to a server, or out of its folder' },
  },
  examples: [
    'npm run gen',
    'npm run gen -- --check',
    'npm run gen -- --spec ../petstore/openapi.yaml --out ../petstore/client',
    "npm run gen -- --spec ../petstore/openapi.yaml --out ../petstore/client --only 'tag:Pets,path:/stores/*'",
  ],
  exitCodes: {
    0: 'The output is up to date.',
    1: 'The contract has findings or, with --check, the output is out of date. Nothing was written.',
  },
} as const;

/** `npm run gen`, with the arguments that follow it. */
export async function gen(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async ({ check, watch, all, ...choices }) => {
    if (all && watch) throw wrongCall('--all would hide the first finding of a --watch: use one of them.');
    if (check && watch) throw wrongCall('--check runs once, and --watch goes on: use one of them.');
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
  overlay?: string;
  'allow-remote'?: true;
  extension?: string;
  only?: string;
}

function chooseTarget({ spec, out, ...choices }: Choices): Target {
  const { lint, overlay, only, 'allow-remote': allowRemote, extension } = choices;
  if (lint !== undefined && !isRuleSet(lint)) {
    throw wrongCall(`--lint takes ${Object.keys(ruleSets()).join(', ')}, but got "${lint}".`);
  }
  if (extension !== undefined && !isExtension(extension))
    throw wrongCall(`--extension takes ${extensions.join(', ')}, but got "${extension}".`);
  if (spec !== undefined && out !== undefined)
    return targetFor(spec, out, { lint, overlay, only, allowRemote, extension });
  if (spec === undefined && out === undefined && Object.keys(choices).length === 0) return projectTarget();
  throw wrongCall(
    '--spec and --out go together, and --lint, --overlay, --only, --allow-remote and --extension only with them: another contract needs its own folder.',
  );
}

function isExtension(name: string): name is Extension {
  return extensions.some((each) => each === name);
}

function isRuleSet(lint: string): lint is keyof ReturnType<typeof ruleSets> {
  return Object.hasOwn(ruleSets(), lint);
}
