import { parseArgs } from 'node:util';
import type { Command, Flag, FlagValues } from './command.ts';
import { Failure } from './failure.ts';
import { suggest } from './nearest.ts';

/**
 * Parses the command line. Node's own strict mode would throw as well, but its messages are written for the programmer
 * and not for the user.
 *
 * @throws {Failure} exit code 2, for an unknown flag, a missing or unexpected value, or an unexpected argument
 */
export function parseFlags<const Flags extends Record<string, Flag>>(
  args: readonly string[],
  { flags, operands }: Command & { flags: Flags },
): { flags: FlagValues<Flags>; operands: string[] } {
  const known: Record<string, Flag> = flags;
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(known).map(([name, { value }]) => [
        name,
        { type: value === undefined ? 'boolean' : 'string' } as const,
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });

  const values: Record<string, string | string[] | true> = {};
  const others: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (operands === undefined)
        throw wrongCall(`"${token.value}" is not expected here: every argument is a flag.`);
      others.push(token.value);
    }
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const flag = Object.hasOwn(known, name) ? known[name] : undefined;
    if (flag === undefined)
      throw wrongCall(`There is no flag ${rawName}.${suggest(name, Object.keys(known), '--')}`);
    if (flag.value === undefined) {
      if (value !== undefined) throw wrongCall(`${rawName} takes no value, but got "${value}".`);
      values[name] = true;
    } else if (value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'))) {
      throw wrongCall(`${rawName} needs a value.`);
    } else {
      values[name] = flag.repeats ? [...[values[name] ?? []].flat(), value].map(String) : value;
    }
  }
  return { flags: values as FlagValues<Flags>, operands: others };
}

/**
 * Parses a port number.
 *
 * @throws {Failure} exit code 2, for anything that is not a port
 */
export function readPort(port: string): number {
  if (/^\d+$/.test(port) && Number(port) <= 65535) return Number(port);
  throw wrongCall(`--port takes a number from 0 to 65535, but got "${port}".`);
}

/** `runCommand` adds the usage line. */
export function wrongCall(problem: string): Failure {
  return new Failure(problem, { exitCode: 2 });
}
