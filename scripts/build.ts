import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { compilePackage } from './build/compile.ts';
import { parseFlags } from './cli/flags.ts';
import { compiledFolder, projectRoot } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { printStep } from './cli/steps.ts';
import { checkOutput } from './generate/check-output.ts';
import { projectTarget } from './generate/target.ts';
import { replaceFolder } from './output/replace-folder.ts';

enableCompileCache(compiledFolder);

await runCommand(async () => {
  parseFlags(process.argv.slice(2), {}, 'npm run build');
  await checkOutput(projectTarget);
  const files = await printStep('compile', compilePackage);
  replaceFolder(join(projectRoot, 'dist/esm'), files);
  console.log(`${files.size} files in dist/esm/.`);
});
