import { join } from 'node:path';
import { chooseApi, targetOf } from '../cli/apis.ts';
import { runCommand } from '../cli/run-command.ts';
import type { ServiceSteps } from './steps.ts';
import { checkTarget, flags } from './target.ts';

/**
 * `npm run verify`, with the arguments that follow it and the variables of its environment.
 *
 * @param service what no contract can tell of the service
 */
export async function verifyService(
  args: readonly string[],
  environment = process.env,
  service?: ServiceSteps,
): Promise<void> {
  const command = {
    call: 'npm run verify',
    about: `Compares a contract of redocly.yaml with a live service: what differs, what is new, and which inferred facts hold. An API key comes from the environment variable that the contract names. Only reads${service ? `, unless --write is given: ${service.about}` : ''}.`,
    operands: '[NAME]',
    flags,
    examples: [
      'npm run verify -- --server https://api.example.com/v1',
      'npm run verify -- --server https://api.example.com/v1 --parameter company_id=ID --parameter page=2',
    ],
    exitCodes: {
      0: 'No difference was found.',
      1: 'The service differs from the contract, or cannot be reached.',
    },
  };
  await runCommand(command, args, async (given, names) => {
    const target = checkTarget(join(targetOf(chooseApi(names)).out, 'openapi.yaml'), given, environment);
    const [{ verify }, { formatReport, hasDrift }] = await Promise.all([
      import('./verify.ts'),
      import('./report.ts'),
    ]);
    const outcome = await verify(target, service);
    console.log(formatReport(outcome, target));
    if (hasDrift(outcome)) process.exitCode = 1;
  });
}
