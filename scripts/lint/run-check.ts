import { styleText } from 'node:util';
import { annotation } from '../cli/annotation.ts';
import type { Finding } from '../cli/finding.ts';
import { findingsToJson, formatForMachines } from '../cli/format-for-machines.ts';

/** One check of `npm run lint`. */
export interface Check {
  name: string;
  run(): Promise<CheckResult>;
}

export interface CheckResult {
  passed: boolean;
  /** For people. */
  output: string;
  /** The findings in contracts, for programs. */
  findings?: readonly Finding[];
}

/** The result of a check. */
export interface Report extends CheckResult {
  name: string;
  /** Milliseconds. */
  time: number;
}

export async function runCheck({ name, run }: Check): Promise<Report> {
  const start = performance.now();
  const result = await run();
  return { ...result, name, time: performance.now() - start };
}

/** A line with the result and the duration of a check, and its output. */
export function printReport({ name, passed, output, time }: Report): void {
  const verdict = passed ? styleText('green', 'clean') : styleText('red', 'not clean');
  const duration = styleText('dim', `${Math.round(time)} ms`.padStart(8));
  process.stdout.write(`  ${name.padEnd(8)} ${duration}  ${verdict}\n`);
  if (output !== '') process.stderr.write(`\n${output.trimEnd()}\n\n`);
}

/** A check as JSON: the findings in contracts as data, those of other tools as their text. */
export function toJson({ name, passed, output, findings }: Report): object {
  return { name, passed, ...(findings ? { findings: findingsToJson(findings) } : { output }) };
}

/** Prints a check as annotations of GitHub. */
export function annotate({ name, passed, output, findings = [] }: Report): void {
  if (findings.length > 0) console.log(formatForMachines('github', findings));
  else if (!passed) console.log(annotation('error', null, output, name));
}
