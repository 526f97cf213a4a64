import { enableCompileCache } from 'node:module';
import { compiledFolder } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { checkTarget, flags } from './verify/target.ts';

enableCompileCache(compiledFolder);

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

await runCommand(command, process.argv.slice(2), async (given) => {
  const target = await checkTarget(given, process.env);
  const [{ verify }, { formatReport, hasDrift }] = await Promise.all([
    import('./verify/verify.ts'),
    import('./verify/report.ts'),
  ]);
  const outcome = await verify(target);
  console.log(formatReport(outcome, target));
  if (hasDrift(outcome)) process.exitCode = 1;
});
