import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseFlags } from './cli/flags.ts';
import { usePackedLibraries } from './cli/packed-libraries.ts';
import { compiledFolder, projectRoot } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { printStep } from './cli/steps.ts';
import { replaceFolder } from './output/replace-folder.ts';

enableCompileCache(compiledFolder);

await runCommand(async () => {
  parseFlags(process.argv.slice(2), {}, 'npm run docs');
  await usePackedLibraries();
  const { buildDocs } = await import('./docs/build.ts');
  const files = await buildDocs(printStep);
  replaceFolder(join(projectRoot, 'dist/docs'), files);
  console.log('Open dist/docs/index.html in a browser: it needs no server and no network.');
});
