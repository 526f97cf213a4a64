import type { Violation } from '../mock/prism.ts';
import { describe, showPath } from './observe.ts';

/** The path of a violation in the body, including a missing field. */
export function pathOf({ location, code, message }: Violation): string[] {
  const path = location.slice(2);
  const [, missing] = (code === 'required' && /required property '([^']+)'/.exec(message)) || [];
  return missing === undefined ? path : [...path, missing];
}

/** A violation as a clause, with names of fields and types, but without values, which can be secrets. */
export function describeViolation(violation: Violation, body: unknown): string {
  const { location, code, message } = violation;
  if (location[0] === 'request') return `the request breaks the contract: ${location.join('.')}: ${message}`;
  if (location[1] !== 'body') return message;
  const path = pathOf(violation);
  const where = showPath(path);
  if (code === 'required') return `the required field ${where} is missing`;
  const demand = message.replace(/^Response body (?:property \S+ )?/, '');
  if (code !== 'type') return `${where} ${demand}`;
  return `${where} is ${describe(valueAt(body, path))}, and ${demand.replace(',', ' or ')}`;
}

function valueAt(body: unknown, path: string[]): unknown {
  return path.reduce<unknown>((value, key) => (Object(value) as Record<string, unknown>)[key], body);
}
