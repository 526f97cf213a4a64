import { debuglog } from 'node:util';
import { type Command, type Flag, type FlagValues, helpOf, usageOf, withCalls } from './command.ts';
import { Failure } from './failure.ts';
import { parseFlags } from './flags.ts';
import { formatFailure, type Shown } from './format-findings.ts';
import { refuseTakenFlags } from './npm-flags.ts';
import { printable } from './printable.ts';

const debug = debuglog('openapi-once');

/**
 * Runs a command with its arguments, and turns whatever it throws into a message and an exit code. With `--help`,
 * prints the help instead. Sets `process.exitCode` instead of exiting, so that pending output to a pipe is not cut off.
 */
export async function runCommand<const Flags extends Record<string, Flag>>(
  command: Command & { flags: Flags },
  args: readonly string[],
  work: (flags: FlagValues<Flags>, operands: string[]) => Promise<void>,
): Promise<void> {
  try {
    if (args.includes('--help') || args.includes('-h')) {
      console.log(withCalls(helpOf(command)));
      return;
    }
    refuseTakenFlags(command, process.env);
    const { flags, operands } = parseFlags(args, command);
    await work(flags, operands);
  } catch (error) {
    process.exitCode = error instanceof Failure ? error.exitCode : 1;
    const usage = process.exitCode === 2 ? `${usageOf(command)}\n` : '';
    process.stderr.write(withCalls(describeError(error, howMuch(command, args)) + usage));
    debug('%o', error);
  }
}

/** A command that can show all findings has the flag `--all`. */
function howMuch({ call, flags }: Command, args: readonly string[]): Shown | undefined {
  if (!Object.hasOwn(flags, 'all')) return undefined;
  return { all: args.includes('--all'), toSeeAll: [call, '--', ...args, '--all'].join(' ') };
}

/** The message for whatever was thrown; ends with a newline. */
export function describeError(error: unknown, shown?: Shown): string {
  if (error instanceof Failure) return formatFailure(error, shown);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'syscall' in error) return `The system refused: ${message}\n`;
  return `This is a bug of the toolchain, not of your contract: ${printable(message)}\nRun again with NODE_DEBUG=openapi-once to see where it comes from, and report it.\n`;
}
