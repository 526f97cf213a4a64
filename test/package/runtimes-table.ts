import { Failure } from '../../scripts/cli/failure.ts';

/** One way to use the package. */
export interface Use {
  runtime: string;
  /** Left out where only the run tells it: then `run` resolves to it. */
  version?: string;
  form: string;
  /** Rejects when the package does not work there. */
  run(): Promise<unknown>;
}

/** A use that has come to its end. */
export interface Row {
  cells: [runtime: string, version: string, form: string, verdict: string, time: string];
  /** Why it does not work. */
  reason?: string;
}

export async function verdictOn({ runtime, version, form, run }: Use): Promise<Row> {
  const start = performance.now();
  const row = (found: string, verdict: string): Row['cells'] => {
    return [runtime, version ?? found, form, verdict, String(Math.round(performance.now() - start))];
  };
  try {
    return { cells: row(String(await run()), 'works') };
  } catch (error) {
    return { cells: row('', 'FAILS'), reason: (error as Error).message };
  }
}

/** @throws {Failure} with the reasons, when the package does not work somewhere */
export function printTable(rows: Row[]): void {
  const lines = [['runtime', 'version', 'form', 'verdict', 'ms'], ...rows.map(({ cells }) => cells)];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  lines.splice(
    1,
    0,
    widths.map((width) => '-'.repeat(width)),
  );
  for (const line of lines)
    console.log(`| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const failed = rows.filter(({ reason }) => reason !== undefined);
  if (failed.length === 0) return;
  const reasons = failed.map(({ cells, reason }) => `${cells.slice(0, 3).join(' ')}:\n${reason}`);
  throw new Failure(`${reasons.join('\n\n')}\nThe packed package does not work everywhere: see above.`);
}
