import { type Decode, type Expected, readData } from './answer.ts';

/** An answer that is no JSON: its text or its bytes. */
export function asIs(content: unknown): unknown {
  return content;
}

/** For success statuses that differ in what they promise. */
export function byStatus(promises: Record<number, Expected>): Decode {
  return (text, expected, response, call) =>
    readData(text, promises[response.status] ?? expected, response, call);
}
