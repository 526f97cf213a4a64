import { join } from 'node:path';
import { chooseApis } from '../cli/apis.ts';
import { displayPath } from '../cli/display-path.ts';
import { forEachApi } from '../cli/for-each-api.ts';
import { projectRoot } from '../cli/project.ts';
import { runCommand } from '../cli/run-command.ts';
import { printStep } from '../cli/steps.ts';
import { replaceFolder } from '../output/replace-folder.ts';

const command = {
  call: 'npm run docs',
  about:
    'Builds the documentation of the contracts that redocly.yaml names, all or those given, into dist/docs/, for a browser without a network. With several contracts, each has a folder of its own there.',
  operands: '[NAME...]',
  flags: {},
  examples: ['npm run docs'],
  exitCodes: { 0: 'The docs are in dist/docs/.', 1: 'A contract has errors: nothing was written for it.' },
};

/** `npm run docs`, with the arguments that follow it. */
export async function docs(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async (_flags, names) => {
    const { buildDocs } = await import('./build.ts');
    const isOnly = chooseApis().length === 1;
    await forEachApi(chooseApis(names), async (api) => {
      const folder = join(projectRoot(), 'dist/docs', isOnly ? '' : String(api.name));
      replaceFolder(folder, await buildDocs(api, printStep));
      console.log(`Open ${displayPath(folder)}/index.html in a browser: it needs no server and no network.`);
    });
  });
}
