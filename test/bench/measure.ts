import { type Command, type Cost, run } from './run.ts';

/** A program that is measured. */
export interface Candidate {
  name: string;
  /** Not part of what is measured. */
  prepare?(): void;
  command: Command;
}

/**
 * What each candidate costs, turn by turn. They take turns, so that whatever else the machine does weighs on all of
 * them alike; the first turn only warms up.
 */
export function measure(candidates: Candidate[], turns: number): Map<string, Cost[]> {
  const costs = new Map(candidates.map(({ name }) => [name, [] as Cost[]]));
  for (let turn = 0; turn <= turns; turn++) {
    for (const { name, prepare, command } of candidates) {
      prepare?.();
      const cost = run(command);
      if (turn > 0) costs.get(name)?.push(cost);
    }
  }
  return costs;
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
