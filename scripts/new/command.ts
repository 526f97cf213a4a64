import { chooseApi, isUrl } from '../cli/apis.ts';
import { Failure } from '../cli/failure.ts';
import { runCommand } from '../cli/run-command.ts';

const command = {
  call: 'npm run new',
  about:
    'Writes the files for a new operation, webhook or schema of the contract, with everything that the rules require, and adds it to the first file of the contract. Facts that only the page of the vendor contains are marked with TODO.',
  operands: '[NAME] (operation METHOD PATH | webhook NAME | schema NAME)',
  flags: {},
  examples: [
    "npm run new -- operation GET '/site/{site_id}'",
    'npm run new -- webhook document.created.v2',
    'npm run new -- schema Site',
  ],
  exitCodes: { 0: 'The files were written.', 1: 'The contract has it already: nothing was written.' },
};

const kinds = ['operation', 'webhook', 'schema'];

/** `npm run new`, with the arguments that follow it. */
export async function newPart(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async (_flags, operands) => {
    const { create } = await import('./create.ts');
    const [first = '', second = ''] = operands;
    const isNamed = kinds.includes(second) && !kinds.includes(first);
    const { spec } = chooseApi(isNamed ? [first] : []);
    if (isUrl(spec)) throw new Failure(`${spec} is on a server: nothing can be added to it.`);
    create(spec, isNamed ? operands.slice(1) : operands);
  });
}
