import { usePackedLibraries } from '../cli/packed-libraries.ts';
import { runCommand } from '../cli/run-command.ts';

const command = {
  call: 'npm run new',
  about:
    'Writes the files for a new operation, webhook or schema of the contract, with everything that the rules require, and adds it to spec/openapi.yaml. Facts that only the page of the vendor contains are marked with TODO.',
  operands: '(operation METHOD PATH | webhook NAME | schema NAME)',
  flags: {},
  examples: [
    "npm run new -- operation GET '/site/{site_id}'",
    'npm run new -- webhook document.created.v2',
    'npm run new -- schema Site',
  ],
  exitCodes: { 0: 'The files were written.', 1: 'The contract has it already: nothing was written.' },
};

/** `npm run new`, with the arguments that follow it. */
export async function newPart(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async (_flags, operands) => {
    await usePackedLibraries();
    const { create } = await import('./create.ts');
    create(operands);
  });
}
