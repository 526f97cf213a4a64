import { join } from 'node:path';
import { chooseApis, targetOf } from '../cli/apis.ts';
import { toolchainRoot } from '../cli/project.ts';
import { runCommand } from '../cli/run-command.ts';
import { printStep } from '../cli/steps.ts';
import { checkOutput } from '../generate/check-output.ts';
import { replaceFolder } from '../output/replace-folder.ts';
import { compilePackage } from './compile.ts';
import { buildToolchain } from './toolchain.ts';

const command = {
  call: 'npm run build',
  about:
    'Builds the two packages: the client in dist/esm/, as JavaScript, declarations, source maps and the bundled contract, and the toolchain in dist/openapi-once/. generated/ must be up to date.',
  flags: {},
  examples: ['npm run build'],
  exitCodes: { 0: 'The packages are in dist/.', 1: 'Nothing was written: the messages say why.' },
};

/** `npm run build`, with the arguments that follow it. */
export async function build(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async () => {
    for (const api of chooseApis()) await checkOutput(targetOf(api));
    const client = await printStep('client', compilePackage);
    const toolchain = await printStep('toolchain', buildToolchain);
    replaceFolder(join(toolchainRoot, 'dist/esm'), client);
    replaceFolder(join(toolchainRoot, 'dist/openapi-once'), toolchain);
    console.log(`${client.size} files in dist/esm/, ${toolchain.size} files in dist/openapi-once/.`);
  });
}
