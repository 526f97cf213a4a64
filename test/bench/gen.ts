import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProjectCopy } from '../helpers/project-copy.ts';
import { type Candidate, medianTimes } from './measure.ts';

const turns = 11;

/** Whole processes on this project's contract: the rival's command on the finished bundle, then all that gen does. */
function candidatesIn(project: ProjectCopy, elsewhere: string): Candidate[] {
  const gen = () => run(['scripts/gen.ts'], project.root);
  const bundle = join(project.root, 'generated/openapi.yaml');
  return [
    { name: 'openapi-typescript: types', run: () => run([rival, bundle, '-o', 'x.ts'], elsewhere) },
    {
      name: 'openapi-typescript: types, in a project with this redocly.yaml',
      run: () => run([rival, bundle, '-o', join(elsewhere, 'x.ts')], project.root),
    },
    {
      name: 'gen after a change: lint, bundle, types, client',
      prepare() {
        project.edit('spec/openapi.yaml', (text) => `${text}# Changed.\n`);
        project.remove('generated/client.ts');
      },
      run: gen,
    },
    { name: 'gen with nothing changed', run: gen },
  ];
}

const rival = join(import.meta.dirname, '../../node_modules/openapi-typescript/bin/cli.js');

function run(args: string[], cwd: string): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} has failed: ${stderr}`);
}

/** As Markdown; the first row is what the others are compared with. */
function printTable(times: Map<string, number>): void {
  const [base = Number.NaN] = times.values();
  console.log(`| Whole process, median of ${turns} | ms | ratio |\n|---|---:|---:|`);
  for (const [name, time] of times)
    console.log(`| ${name} | ${Math.round(time)} | ${(time / base).toFixed(2)} |`);
}

using project = new ProjectCopy();
const elsewhere = mkdtempSync(join(tmpdir(), 'nectar-openapi-bench-'));
try {
  run(['scripts/gen.ts'], project.root);
  printTable(medianTimes(candidatesIn(project, elsewhere), turns));
} finally {
  rmSync(elsewhere, { recursive: true });
}
