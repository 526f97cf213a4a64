import { styleText } from 'node:util';
import type { Check, CheckOptions } from './checks.ts';

/** The result of a check. */
export interface Report {
  name: string;
  passed: boolean;
  output: string;
  /** Milliseconds. */
  time: number;
}

export async function runCheck({ name, run }: Check, options: CheckOptions): Promise<Report> {
  const start = performance.now();
  const { passed, output } = await run(options);
  return { name, passed, output, time: performance.now() - start };
}

/** A line with the result and the duration of a check, and its output. */
export function printReport({ name, passed, output, time }: Report): void {
  const verdict = passed ? styleText('green', 'clean') : styleText('red', 'not clean');
  const duration = styleText('dim', `${Math.round(time)} ms`.padStart(8));
  process.stdout.write(`  ${name.padEnd(8)} ${duration}  ${verdict}\n`);
  if (output !== '') process.stderr.write(`\n${output.trimEnd()}\n\n`);
}
