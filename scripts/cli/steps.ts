import { styleText } from 'node:util';

/** Does one named piece of work and says how long it took. */
export type RunStep = <Result>(name: string, work: () => Result | Promise<Result>) => Promise<Result>;

/** Prints a line per step: its name and its time in milliseconds. A step that fails prints nothing. */
export const printStep: RunStep = async (name, work) => {
  const start = performance.now();
  const result = await work();
  const time = `${Math.round(performance.now() - start)} ms`;
  process.stdout.write(`  ${name.padEnd(8)}${styleText('dim', time.padStart(8))}\n`);
  return result;
};

/** For callers that have nothing to tell a person. */
export const silentStep: RunStep = async (_name, work) => work();
