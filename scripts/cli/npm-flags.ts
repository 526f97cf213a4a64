import type { Command } from './command.ts';
import { wrongCall } from './flags.ts';

/**
 * npm takes flags before `--` for its own, and passes them on in the environment alone: `npm run gen --check` would write.
 *
 * @throws {Failure} exit code 2, if npm has taken a flag of this command
 */
export function refuseTakenFlags({ call, flags }: Command, environment: NodeJS.ProcessEnv): void {
  if (call !== `npm run ${environment.npm_lifecycle_event}`) return;
  const taken = Object.entries(flags).flatMap(([name, { value }]) => {
    const given = environment[`npm_config_${name.replaceAll('-', '_')}`];
    return given ? [`--${name}${value ? ` ${given}` : ''}`] : [];
  });
  if (taken.length > 0)
    throw wrongCall(`npm has taken ${taken.join(' ')} for itself. Write: ${call} -- ${taken.join(' ')}`);
}
