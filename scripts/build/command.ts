import { join } from 'node:path';
import { chooseApi, targetOf } from '../cli/apis.ts';
import { toolchainRoot } from '../cli/project.ts';
import { runCommand } from '../cli/run-command.ts';
import { printStep } from '../cli/steps.ts';
import { checkOutput } from '../generate/check-output.ts';
import { replaceFolder } from '../output/replace-folder.ts';
import { compilePackage } from './compile.ts';

const command = {
  call: 'npm run build',
  about:
    'Compiles the package into dist/esm/: JavaScript, declarations, source maps and the bundled contract. generated/ must be up to date.',
  flags: {},
  examples: ['npm run build'],
  exitCodes: { 0: 'The package is in dist/esm/.', 1: 'Nothing was written: the messages say why.' },
};

/** `npm run build`, with the arguments that follow it. */
export async function build(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async () => {
    await checkOutput(targetOf(chooseApi(['nectar'])));
    const files = await printStep('compile', compilePackage);
    replaceFolder(join(toolchainRoot, 'dist/esm'), files);
    console.log(`${files.size} files in dist/esm/.`);
  });
}
