import { styleText } from 'node:util';

/** One check of `npm run lint`. */
export interface Check {
  name: string;
  /** @returns the result, and the output to print */
  run(): Promise<{ passed: boolean; output: string }>;
}

/** The result of a check. */
export interface Report {
  name: string;
  passed: boolean;
  output: string;
  /** Milliseconds. */
  time: number;
}

export async function runCheck({ name, run }: Check): Promise<Report> {
  const start = performance.now();
  const { passed, output } = await run();
  return { name, passed, output, time: performance.now() - start };
}

/** A line with the result and the duration of a check, and its output. */
export function printReport({ name, passed, output, time }: Report): void {
  const verdict = passed ? styleText('green', 'clean') : styleText('red', 'not clean');
  const duration = styleText('dim', `${Math.round(time)} ms`.padStart(8));
  process.stdout.write(`  ${name.padEnd(8)} ${duration}  ${verdict}\n`);
  if (output !== '') process.stderr.write(`\n${output.trimEnd()}\n\n`);
}
