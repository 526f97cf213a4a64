import {
  type Api,
  chooseApis,
  type Extension,
  extensions,
  isUrl,
  ruleSets,
  type Target,
  targetFor,
  targetOf,
} from '../cli/apis.ts';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import { wrongCall } from '../cli/flags.ts';
import { forEachApi } from '../cli/for-each-api.ts';
import { formatFlag, formatForMachines, type MachineFormat, readFormat } from '../cli/format-for-machines.ts';
import { runCommand } from '../cli/run-command.ts';
import { silentStep } from '../cli/steps.ts';
import { restoreFolder } from '../output/replace-folder.ts';
import { checkOutput } from './check-output.ts';
import { generate } from './generate.ts';
import { replaceOutput, updateOutput } from './update-output.ts';
import { watchTarget } from './watch.ts';

const command = {
  call: 'npm run gen',
  about:
    'Lints the contracts that redocly.yaml names, all or those given, bundles each, and writes its types, clients and webhooks into its output folder: all of it or nothing. Fast when nothing has changed.',
  operands: '[NAME...]',
  flags: {
    check: { about: 'write nothing: list the files of the output that do not match the contract' },
    watch: { about: 'generate after each change of the contract, until Ctrl-C' },
    spec: {
      value: 'FILE',
      about:
        'in place of names: the first file of another OpenAPI 3 document, or its https address; with --out',
    },
    out: { value: 'FOLDER', about: 'the output folder for that document, which is replaced as a whole' },
    lint: {
      value: 'RULES',
      about:
        'the rules for that document: off (default; its structure alone), recommended (of Redocly) or project (those of redocly.yaml for every contract)',
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
    format: formatFlag,
    all: { about: 'show every finding with its code, where there are many' },
    'allow-remote': {
      about: 'let that document, or a $ref of it, be on a server, and a $ref lead out of its folder',
    },
  },
  examples: [
    'npm run gen',
    'npm run gen -- --check',
    'npm run gen -- --spec ../petstore/openapi.yaml --out ../petstore/client',
    "npm run gen -- --spec ../petstore/openapi.yaml --out ../petstore/client --only 'tag:Pets,path:/stores/*'",
  ],
  exitCodes: {
    0: 'The output is up to date.',
    1: 'A contract has errors or, with --check, the output is out of date. Nothing was written for it.',
  },
} as const;

/** `npm run gen`, with the arguments that follow it. */
export async function gen(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async ({ check, watch, all, format: wanted, ...choices }, names) => {
    const format = readFormat(wanted);
    if (format && (check || watch))
      throw wrongCall('--format is for the findings of one run: leave out --check and --watch.');
    if (all && watch) throw wrongCall('--all would hide the first finding of a --watch: use one of them.');
    if (check && watch) throw wrongCall('--check runs once, and --watch goes on: use one of them.');
    const targets = chooseTargets(names, choices);
    if (format) await generateForMachines(targets, format);
    else if (watch) await Promise.all(targets.map(watchTarget));
    else await forEachApi(targets, check ? checkOutput : updateOutput);
  });
}

/** Generates, and prints the findings of all contracts at the end. */
async function generateForMachines(targets: readonly Target[], format: MachineFormat): Promise<void> {
  const findings: Finding[] = [];
  const failures: string[] = [];
  for (const target of targets)
    try {
      restoreFolder(target.out);
      const generated = await generate(target, silentStep);
      replaceOutput(target, generated.files);
      findings.push(...generated.warnings);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      findings.push(...error.findings);
      failures.push(error.message);
    }
  console.log(formatForMachines(format, findings, failures.join(' ') || undefined));
  if (failures.length > 0) process.exitCode = 1;
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

function chooseTargets(names: readonly string[], { spec, out, ...choices }: Choices): Target[] {
  const { lint, overlay, only, 'allow-remote': allowRemote, extension } = choices;
  if (lint !== undefined && !isRuleSet(lint))
    throw wrongCall(`--lint takes ${ruleSets.join(', ')}, but got "${lint}".`);
  if (extension !== undefined && !isExtension(extension))
    throw wrongCall(`--extension takes ${extensions.join(', ')}, but got "${extension}".`);
  if (spec !== undefined && isUrl(spec)) checkAddress(spec, allowRemote);
  if (spec !== undefined && out !== undefined && names.length === 0)
    return [targetFor(spec, out, { lint, overlay, only, allowRemote, extension })];
  if (spec === undefined && out === undefined && Object.keys(choices).length === 0)
    return chooseApis(names).map(targetOf);
  throw wrongCall(
    '--spec and --out go together, without names, and --lint, --overlay, --only, --allow-remote and --extension only with them. For a contract of redocly.yaml, write them there, below x-client.',
  );
}

function checkAddress(spec: string, allowRemote: true | undefined): void {
  if (!spec.startsWith('https://'))
    throw wrongCall(`--spec takes a file or an https address, but got ${spec}.`);
  if (!allowRemote)
    throw wrongCall(`${spec} is on a server. Add --allow-remote if you trust what stands there.`);
}

function isExtension(name: string): name is Extension {
  return extensions.some((each) => each === name);
}

function isRuleSet(lint: string): lint is Api['lint'] {
  return ruleSets.some((each) => each === lint);
}
