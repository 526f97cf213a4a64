import { InvalidInputError } from './errors.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Puts parameters into a path template.
 *
 * @throws {InvalidInputError} for one that is missing or empty, or that is `.` or `..`: URL parsers take these two for
 * steps in the path, escaped or not, so that another operation would be called.
 */
export function fillPath(template: string, parameters: Record<string, unknown>): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = String(parameters[name] ?? '');
    if (/^\.{0,2}$/.test(value))
      throw new InvalidInputError(`The path parameter ${name} must not be empty, "." or "..".`);
    return encodeURIComponent(value);
  });
}

/** @throws {InvalidInputError} that names the parameter which is no UUID. */
export function checkUuids(parameters: Record<string, string> = {}): void {
  for (const name in parameters)
    if (!UUID.test(parameters[name] ?? ''))
      throw new InvalidInputError(
        `The path parameter ${name} must be a UUID; it is ${JSON.stringify(parameters[name])}.`,
      );
}

/** Writes query parameters. @see toPairs */
export function writeQuery(query?: object): string {
  const pairs = toPairs(query) as [string, string][];
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
}

/** Names and values, an array as a repeated name. What is undefined or null is left out. */
export function toPairs(fields: object = {}): [string, unknown][] {
  return Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => (value === undefined || value === null ? [] : [[name, value]])),
  ) as [string, unknown][];
}
