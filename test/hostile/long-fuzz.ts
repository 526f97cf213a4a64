/** Changes contracts at random for as long as it is told to, and prints what no one should meet. */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const { refused, generated, faults } = await fuzz(Number(values.runs), Number(values.seed));
for (const fault of faults) console.error(fault);
console.log(`${refused} refused, ${generated} generated and compiled, ${faults.length} faults.`);
if (faults.length > 0) process.exitCode = 1;
