import type { Finding } from './finding.ts';

/**
 * Something that the person at the keyboard can fix. The message is a whole sentence: what happened, where, and
 * what to do next. `runCommand` prints it without a stack trace.
 */
export class Failure extends Error {
  override name = 'Failure';

  /** 1: the command did its work, and found a fault. 2: the command was called wrongly. */
  readonly exitCode: 1 | 2;

  /** The places in the contract that caused it, to be shown with their code. */
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
