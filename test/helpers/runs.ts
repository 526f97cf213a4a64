/** Whether this is `npm run test:long`, which runs only the files that ask `runs`. */
const isLong = process.env.TEST_LONG === '1';

/**
 * How often a random test runs.
 *
 * @param short in `npm test`: twice as often as a planted fault needs to be found, which the test names
 * @param long in `npm run test:long`
 */
export function runs(short: number, long: number): number {
  return isLong ? long : short;
}
