import type { Finding } from './finding.ts';

/**
 * An error that the user can fix. The message consists of sentences: what happened, where, and what to do next.
 * `runCommand` prints it without a stack trace.
 */
export class Failure extends Error {
  override name = 'Failure';

  /** 1: the command ran and found a fault. 2: the call was invalid. */
  readonly exitCode: 1 | 2;

  /** The places in the contract that caused it, shown with their code. */
  readonly findings: readonly Finding[];

  constructor(
    message: string,
    {
      exitCode = 1,
      findings = [],
      cause,
    }: { exitCode?: 1 | 2; findings?: readonly Finding[]; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.exitCode = exitCode;
    this.findings = findings;
  }
}
