/** Changes the runtime of the clients one place at a time, and prints each change that no test notices. */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../scripts/cli/failure.ts';
import { wrongCall } from '../../scripts/cli/flags.ts';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { runCommand } from '../../scripts/cli/run-command.ts';
import { Altered } from './altered.ts';
import { type Mutant, mutantsOf } from './mutate.ts';

interface Accepted {
  file: string;
  source: string;
  to: string;
  /** Why no test needs to notice it. */
  reason: string;
}

const runtime = join(toolchainRoot, 'scripts/runtime');

const command = {
  call: 'npm run test:mutants',
  about:
    'Changes the runtime of the clients one place at a time, runs their tests, and prints each change that none of them notices, except those that test/mutants/accepted.json names with a reason.',
  flags: {
    file: { value: 'NAME', about: 'one file of scripts/runtime/, such as retry.ts (default: all)' },
    sample: { value: 'NUMBER', about: 'every how many changes one is tried (default: 1)' },
  },
  examples: ['npm run test:mutants', 'npm run test:mutants -- --file retry.ts'],
  exitCodes: {
    0: 'Every change was noticed, or is accepted.',
    1: 'The changes that are shown were not noticed.',
  },
} as const;

await runCommand(command, process.argv.slice(2), async ({ file, sample = '1' }) => {
  const files = readdirSync(runtime).filter((name) => name.endsWith('.ts'));
  if (file !== undefined && !files.includes(file))
    throw wrongCall(`There is no file ${file} in scripts/runtime/. There are: ${files.join(', ')}.`);
  if (!/^[1-9]\d*$/.test(sample)) throw wrongCall(`--sample takes a number from 1, but got "${sample}".`);
  const accepted: Accepted[] = JSON.parse(readFileSync(join(import.meta.dirname, 'accepted.json'), 'utf8'));
  const tasks = (file === undefined ? files : [file])
    .flatMap((name) =>
      mutantsOf(readFileSync(join(runtime, name), 'utf8')).map((mutant) => ({ name, mutant })),
    )
    .filter((_, index) => index % Number(sample) === 0);
  const isAccepted = (name: string, { source, to }: Mutant) =>
    accepted.some((each) => each.file === name && each.source === source && each.to === to);
  const open = tasks.filter(({ name, mutant }) => !isAccepted(name, mutant));
  let survivors = 0;
  const work = async (altered: Altered) => {
    for (let task = open.shift(); task; task = open.shift()) {
      const { name, mutant } = task;
      const original = readFileSync(join(runtime, name), 'utf8');
      if (await altered.isNoticed(name, mutant.text, original)) continue;
      survivors++;
      console.log(
        `scripts/runtime/${name}:${mutant.line} ${mutant.from} -> ${mutant.to}\n    ${mutant.source}`,
      );
    }
  };
  const count = open.length;
  // More than there are cores: a change often lets a test wait for its limit.
  using copies = new DisposableStack();
  const [first, ...others] = Array.from({ length: 2 * availableParallelism() }, () =>
    copies.use(new Altered()),
  );
  const unsound = await first?.unsound();
  if (unsound) throw new Failure(`Without a change, ${unsound} fails: run \`npm test\`, and fix it first.`);
  await Promise.all([first, ...others].map((each) => each && work(each)));
  console.log(`${count} changes tried, ${tasks.length - count} accepted, ${survivors} not noticed.`);
  if (survivors > 0) process.exitCode = 1;
});
