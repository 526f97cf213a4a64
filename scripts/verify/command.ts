import { runCommand } from '../cli/run-command.ts';
import { checkTarget, flags } from './target.ts';

const command = {
  call: 'npm run verify',
  about:
    'Compares the contract with a live service: what differs, what is new, and which inferred facts hold. The API key comes from the environment variable NECTAR_API_KEY. Only reads, unless --write is given.',
  flags,
  examples: [
    'NECTAR_API_KEY=… npm run verify -- --server https://external.nectarclimate.com/v2',
    'NECTAR_API_KEY=… npm run verify -- --server URL --company ID --connection ID --write',
  ],
  exitCodes: {
    0: 'No difference was found.',
    1: 'The service differs from the contract, or cannot be reached.',
  },
};

/** `npm run verify`, with the arguments that follow it and the variables of its environment. */
export async function verifyService(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  await runCommand(command, args, async (given) => {
    const target = await checkTarget(given, environment);
    const [{ verify }, { formatReport, hasDrift }] = await Promise.all([
      import('./verify.ts'),
      import('./report.ts'),
    ]);
    const outcome = await verify(target);
    console.log(formatReport(outcome, target));
    if (hasDrift(outcome)) process.exitCode = 1;
  });
}
