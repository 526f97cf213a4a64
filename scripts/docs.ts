import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { usePackedLibraries } from './cli/packed-libraries.ts';
import { compiledFolder, projectRoot } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { printStep } from './cli/steps.ts';
import { replaceFolder } from './output/replace-folder.ts';

enableCompileCache(compiledFolder);

const command = {
  call: 'npm run docs',
  about: 'Builds the documentation of the contract into dist/docs/, for a browser without a network.',
  flags: {},
  examples: ['npm run docs'],
  exitCodes: { 0: 'The docs are in dist/docs/.', 1: 'The contract has findings: nothing was written.' },
};

await runCommand(command, process.argv.slice(2), async () => {
  await usePackedLibraries();
  const { buildDocs } = await import('./docs/build.ts');
  const files = await buildDocs(printStep);
  replaceFolder(join(projectRoot, 'dist/docs'), files);
  console.log('Open dist/docs/index.html in a browser: it needs no server and no network.');
});
