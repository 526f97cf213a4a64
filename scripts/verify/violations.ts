import { describe, showPath } from './observe.ts';

/** Something that Prism objects to. */
export interface Violation {
  location: string[];
  code?: string;
  message: string;
}

/** Prism cuts the list off when a header cannot hold it; what is whole is kept, and that there is more is said. */
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

/** Where in the body a violation is, with the field that it misses, if it misses one. */
export function pathOf({ location, code, message }: Violation): string[] {
  const path = location.slice(2);
  const [, missing] = (code === 'required' && /required property '([^']+)'/.exec(message)) || [];
  return missing === undefined ? path : [...path, missing];
}

/** A violation as a clause. It names fields and kinds of values, never a value: that may be a secret. */
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
