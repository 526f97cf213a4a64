/** Something whose time is taken, from before it starts until it has ended. */
export interface Candidate {
  name: string;
  /** Not part of the time. */
  prepare?(): void;
  run(): void;
}

/**
 * Median time of each candidate, in milliseconds. They take turns, so that whatever else the machine does weighs on
 * all of them alike; the first turn only warms up.
 */
export function medianTimes(candidates: Candidate[], turns: number): Map<string, number> {
  const times = new Map(candidates.map(({ name }) => [name, [] as number[]]));
  for (let turn = 0; turn <= turns; turn++) {
    for (const { name, prepare, run } of candidates) {
      prepare?.();
      const start = performance.now();
      run();
      if (turn > 0) times.get(name)?.push(performance.now() - start);
    }
  }
  return new Map(Array.from(times, ([name, all]) => [name, median(all)]));
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
