import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectCopy } from '../helpers/project-copy.ts';
import { makeContract } from './made-contract.ts';
import { type Candidate, measure, median } from './measure.ts';
import { genCommand } from './our-gen.ts';

const sizes = [1, 10, 100, 1000];
const turns = 5;

/** How gen's time and memory grow with a contract, as a Markdown table. */
export function growth(folder: string, project: ProjectCopy): string[] {
  const candidates = sizes.map((size): Candidate => {
    const source = makeContract(join(folder, `growth-${size}`), size);
    const out = join(folder, `growth-out-${size}`);
    return {
      name: String(size),
      prepare: () => rmSync(out, { recursive: true, force: true }),
      command: genCommand(project, '--spec', source, '--out', out),
    };
  });
  const rows: string[] = [];
  let previous: { size: number; time: number } | undefined;
  for (const [name, costs] of measure(candidates, turns)) {
    const size = Number(name);
    const time = median(costs.map((cost) => cost.time));
    const memory = median(costs.map((cost) => cost.memory));
    const further = previous && ((time - previous.time) / (size - previous.size)).toFixed(2);
    rows.push(`| ${size} | ${Math.round(time)} | ${further ?? ''} | ${Math.round(memory)} |`);
    previous = { size, time };
  }
  return rows;
}

export const growthHead = '| operations | ms | ms for each further one | peak MB |\n|---:|---:|---:|---:|';
