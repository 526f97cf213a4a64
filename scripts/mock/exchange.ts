import type { Operation, Violation } from './prism.ts';

/** A request to the mock and its response. */
export interface Exchange {
  method: string;
  path: string;
  /** The `Prefer` header, which selects the status or the example of the response. */
  prefer: string | undefined;
  status: number;
  /** Body of the response. */
  body: string;
  violations: Violation[];
}

/**
 * `POST /parcels/7d1f0c52 -> 201 sent`: the status, the name of the returned example if it has one,
 * and a line for each violation.
 */
export function formatExchange(
  { method, path, prefer, status, body, violations }: Exchange,
  operations: Operation[],
): string {
  const words = [method, path, '->', status, exampleName(operations, status, body)];
  if (prefer !== undefined) words.push(`(Prefer: ${prefer})`);
  const reasons = violations.map(({ location, message }) => `\n    ${location.join('.')}: ${message}`);
  return words.filter(Boolean).join(' ') + reasons.join('');
}

/** Prism does not say which example it returns, but it returns it unchanged. */
function exampleName(operations: Operation[], status: number, body: string): string | undefined {
  return operations
    .flatMap(({ responses }) => responses)
    .filter(({ code }) => code === String(status))
    .flatMap(({ contents = [] }) => contents.flatMap(({ examples = [] }) => examples))
    .find((example) => 'value' in example && JSON.stringify(example.value) === body)?.key;
}
