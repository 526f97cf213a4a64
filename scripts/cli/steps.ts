import { styleText } from 'node:util';

/** Runs one named step and reports its duration. */
export type RunStep = <Result>(name: string, work: () => Result | Promise<Result>) => Promise<Result>;

/** Prints a line per step: its name and its time in milliseconds. A step that fails prints nothing. */
export const printStep: RunStep = async (name, work) => {
  const start = performance.now();
  const result = await work();
  const time = `${Math.round(performance.now() - start)} ms`;
  process.stdout.write(`  ${name.padEnd(9)} ${styleText('dim', time.padStart(8))}\n`);
  return result;
};

/** For callers that report nothing. */
export const silentStep: RunStep = async (_name, work) => work();
