#!/usr/bin/env node
import module from 'node:module';
import { callAs } from './cli/command.ts';
import { suggest } from './cli/nearest.ts';

// Keeps compiled code for the next run, since Node 22.
module.enableCompileCache?.();
if (/openapi-once(?:\.js)?$/.test(process.argv[1] ?? '')) callAs('npx openapi-once');

type Run = (args: readonly string[]) => Promise<void>;

/** The commands, each of which loads only its own code. */
const commands: Record<string, () => Promise<Run>> = {
  gen: async () => (await import('./generate/command.ts')).gen,
  lint: async () => (await import('./lint/command.ts')).lint,
  mock: async () => (await import('./mock/command.ts')).mock,
  docs: async () => (await import('./docs/command.ts')).docs,
  'docs:preview': async () => (await import('./docs/preview/command.ts')).docsPreview,
  diff: async () => (await import('./diff/command.ts')).diff,
  verify: async () => (await import('./verify/command.ts')).verifyService,
  new: async () => (await import('./new/command.ts')).newPart,
  init: async () => (await import('./init/command.ts')).init,
};

const [name = '', ...args] = process.argv.slice(2);
const names = Object.keys(commands).join(', ');
if (Object.hasOwn(commands, name)) await (await commands[name]?.())?.(args);
else if (name === '--help' || name === '-h')
  console.log(`Usage: npx openapi-once COMMAND\n\nThe commands: ${names}. Each has a --help.`);
else {
  console.error(
    name === '' ? 'Name a command.' : `There is no command ${name}.${suggest(name, Object.keys(commands))}`,
  );
  console.error(`Usage: npx openapi-once COMMAND. The commands: ${names}.`);
  process.exitCode = 2;
}
