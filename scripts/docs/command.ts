import { join } from 'node:path';
import { usePackedLibraries } from '../cli/packed-libraries.ts';
import { projectRoot } from '../cli/project.ts';
import { runCommand } from '../cli/run-command.ts';
import { printStep } from '../cli/steps.ts';
import { replaceFolder } from '../output/replace-folder.ts';

const command = {
  call: 'npm run docs',
  about: 'Builds the documentation of the contract into dist/docs/, for a browser without a network.',
  flags: {},
  examples: ['npm run docs'],
  exitCodes: { 0: 'The docs are in dist/docs/.', 1: 'The contract has findings: nothing was written.' },
};

/** `npm run docs`, with the arguments that follow it. */
export async function docs(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async () => {
    await usePackedLibraries();
    const { buildDocs } = await import('./build.ts');
    const files = await buildDocs(printStep);
    replaceFolder(join(projectRoot(), 'dist/docs'), files);
    console.log('Open dist/docs/index.html in a browser: it needs no server and no network.');
  });
}
