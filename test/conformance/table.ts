import type { Verdict } from './assess.ts';

/** The board: what all contracts come to, then why operations have no method, then each contract that falls short. */
export function formatBoard(verdicts: Verdict[]): string {
  const refused = verdicts.filter(({ refused }) => refused !== undefined);
  const faulty = verdicts.filter(({ fault }) => fault !== undefined);
  const made = verdicts.filter(({ refused, fault }) => refused === undefined && fault === undefined);
  const broken = made.filter(({ compilerErrors }) => compilerErrors.length > 0);
  const operations = sum(made.map((each) => each.operations));
  const skipped = made.flatMap((each) => each.skipped);
  const withMethod = operations - skipped.length;
  const different = sum(made.map((each) => each.different.length));
  const silent = made.filter((each) => each.operations > 0 && each.skipped.length === each.operations);
  const rows = [
    ['contracts', `${verdicts.length}`],
    ['refused', share(refused.length, verdicts.length)],
    ['ended in a bug of the toolchain', share(faulty.length, verdicts.length)],
    ['do not compile in an ordinary project', `${broken.length} of ${made.length}`],
    ['operations with a method', share(withMethod, operations)],
    ['operations that both clients send the same', share(operations - different, operations)],
    ['contracts with operations, but no method', `${silent.length}`],
    ['mean time of gen', `${Math.round(sum(made.map((each) => each.duration)) / made.length)} ms`],
  ];
  const lines = [...verdicts].sort((a, b) => a.name.localeCompare(b.name)).flatMap(describeShortfall);
  return [
    ...rows.map(([title = '', value]) => `${title.padEnd(42)} ${value}`),
    '',
    ...countReasons(skipped).map(
      ([reason, count]) => `${String(count).padStart(6)} without a method: ${reason}`,
    ),
    '',
    ...lines,
  ].join('\n');
}

function describeShortfall(verdict: Verdict): string[] {
  const { name, refused, fault, operations, skipped, different, compilerErrors } = verdict;
  if (fault !== undefined) return [`${name}: fault: ${firstLine(fault)}`];
  if (refused !== undefined) return [`${name}: refused: ${firstLine(refused)}`];
  const [error] = compilerErrors;
  return [
    ...(error ? [`${name}: ${compilerErrors.length} compiler errors, such as ${firstLine(error)}`] : []),
    ...different.map((difference) => `${name}: ${firstLine(difference)}`),
    ...(skipped.length > 0 ? [`${name}: ${skipped.length} of ${operations} operations have no method`] : []),
  ];
}

/** The reasons without the names in them, the most frequent first. */
function countReasons(reasons: string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    const kind = reason
      .replace(/(parameter|field|response|status|server,) \S+/g, '$1 …')
      .replace(/(requires the security) .*/, '$1 …');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.slice(0, 240) ?? '';
}

function share(part: number, whole: number): string {
  return `${part} of ${whole} (${whole === 0 ? 0 : ((100 * part) / whole).toFixed(1)} %)`;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
