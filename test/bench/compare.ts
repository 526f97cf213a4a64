import type { Contract } from './contracts.ts';
import { measure, median } from './measure.ts';
import type { Cost } from './run.ts';
import { ours, threeTools, toolsFor } from './tools.ts';

/** Rows of a Markdown table: what each tool takes for a contract, and how that compares with ours. */
export function compare(contract: Contract, folder: string): string[] {
  const { title, turns } = contract;
  const costs = measure(toolsFor(contract, folder), turns);
  const parts = threeTools.map((name) => costs.get(name) ?? []);
  costs.set('these three in turn: lint, bundle, types', addTurnByTurn(parts));
  const base = median(costs.get(ours)?.map(({ time }) => time) ?? []);
  return Array.from(costs, ([name, all]) => {
    const times = all.map(({ time }) => time);
    const range = `${Math.round(Math.min(...times))}–${Math.round(Math.max(...times))}`;
    const time = median(times);
    const memory = median(all.map((cost) => cost.memory));
    return `| ${title} | ${name} | ${Math.round(time)} | ${range} | ${(time / base).toFixed(2)} | ${Math.round(memory)} |`;
  });
}

/** One after the other: times add up, and the largest decides on the memory. */
function addTurnByTurn([first = [], ...others]: Cost[][]): Cost[] {
  return first.map((cost, turn) =>
    others.reduce(
      ({ time, memory }, each) => ({
        time: time + (each[turn]?.time ?? Number.NaN),
        memory: Math.max(memory, each[turn]?.memory ?? Number.NaN),
      }),
      cost,
    ),
  );
}

export const compareHead =
  '| contract | whole process | ms, median | range | x ours | peak MB |\n|---|---|---:|---:|---:|---:|';
