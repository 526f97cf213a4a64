import { debuglog } from 'node:util';
import { Failure } from './failure.ts';
import { formatFailure } from './format-findings.ts';
import { printable } from './printable.ts';

const debug = debuglog('nectar-openapi');

/**
 * Runs a command and turns whatever it throws into a message and an exit code. Sets `process.exitCode` rather than
 * exiting, so that output which is still on its way to a pipe is not cut off.
 */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    process.exitCode = error instanceof Failure ? error.exitCode : 1;
    process.stderr.write(describeError(error));
    debug('%o', error);
  }
}

/** What is printed of whatever was thrown; ends with a newline. */
export function describeError(error: unknown): string {
  if (error instanceof Failure) return formatFailure(error);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'syscall' in error) return `The system refused: ${message}\n`;
  return `This is a fault of the toolchain, not of your contract: ${printable(message)}\nRun again with NODE_DEBUG=nectar-openapi to see where it comes from, and report it.\n`;
}
