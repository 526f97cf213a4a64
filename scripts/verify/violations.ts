import { describe, showPath } from './observe.ts';

/** A violation that Prism reports. */
export interface Violation {
  location: string[];
  code?: string;
  message: string;
}

/** Prism truncates a list that is too long for a header: keep the complete entries, and say that there are more. */
export function readViolations(header: string | null): Violation[] {
  if (header === null) return [];
  try {
    return JSON.parse(header);
  } catch {
    const whole = header.matchAll(/\{"location":.*?"message":"(?:[^"\\]|\\.)*"\}/g);
    const more = { location: ['response'], message: 'there are more violations than Prism can list' };
    return [...Array.from(whole, ([each]) => JSON.parse(each)), more];
  }
}

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
