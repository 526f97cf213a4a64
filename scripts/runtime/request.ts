import { InvalidInputError } from './errors.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Puts parameters into a path template.
 *
 * @param uuids names of the parameters that must be UUIDs
 * @throws {InvalidInputError} for one that is missing, empty, no UUID where it must be one, or `.` or `..`: URL parsers
 *   take these two for steps in the path, escaped or not, so that another operation would be called
 */
export function fillPath(
  template: string,
  parameters: Record<string, unknown>,
  uuids: readonly string[] = [],
): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = toText(parameters[name] ?? '', `The path parameter ${name}`);
    if (uuids.includes(name) && !UUID.test(value))
      throw new InvalidInputError(
        `The path parameter ${name} must be a UUID; it is ${JSON.stringify(value)}.`,
      );
    if (/^\.{0,2}$/.test(value))
      throw new InvalidInputError(`The path parameter ${name} must not be empty, "." or "..".`);
    return encodeURIComponent(value);
  });
}

/** The query with its `?`, if there is one. A list is a repeated name. */
export function writeQuery(query?: object): string {
  const pairs = toPairs(query).map(([name, value]) => [name, toText(value, `The query parameter ${name}`)]);
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
}

/** Names and values, a list as a repeated name. What is undefined or null is left out. */
export function toPairs(fields: object = {}): [string, unknown][] {
  return Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => (value === undefined || value === null ? [] : [[name, value]])),
  ) as [string, unknown][];
}

function toText(value: unknown, place: string): string {
  if (
    typeof value === 'object' ||
    typeof value === 'function' ||
    Number.isNaN(value) ||
    Math.abs(value as number) === Infinity
  )
    throw new InvalidInputError(`${place} is ${describe(value)}, which has no place in an address.`);
  return String(value);
}

/**
 * @param value is written as the JSON that it is, or not at all
 * @throws {InvalidInputError} that names the place of what JSON would drop or change: NaN would be sent as `null`, which
 *   can mean "no limit"
 */
export function writeJson(value: unknown): string {
  checkJson(value, 'body');
  return JSON.stringify(value);
}

/** @throws {InvalidInputError} @see writeJson */
export function checkJson(value: unknown, place: string): void {
  const reject = (advice = '') => {
    throw new InvalidInputError(`${place} is ${describe(value)}, which JSON cannot hold.${advice}`);
  };
  if (typeof value === 'number' && !Number.isFinite(value)) reject();
  if (typeof value === 'bigint') reject(' Write it as a number or a string, as the contract says.');
  if (typeof value === 'function' || typeof value === 'symbol') reject();
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Date) reject(' Write it as a string, as with toISOString().');
  if ('toJSON' in value) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (item === undefined)
        throw new InvalidInputError(`${place}[${index}] is undefined, which JSON cannot hold.`);
      checkJson(item, `${place}[${index}]`);
    }
  } else if (Object.prototype.toString.call(value) === '[object Object]') {
    for (const [name, field] of Object.entries(value)) checkJson(field, `${place}.${name}`);
  } else reject();
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'object'
    ? `of the type ${Object.prototype.toString.call(value).slice(8, -1)}`
    : `a ${typeof value}`;
}

/** JSON under a media type of its own, such as `application/merge-patch+json`. */
export function jsonAs(mediaType: string): (value: unknown) => Blob {
  return (value) => new Blob([writeJson(value)], { type: mediaType });
}

/** Text or bytes as they are. Where the contract leaves the media type open, a `Blob` brings its own. */
export function contentAs(mediaType?: string): (content: unknown) => Blob {
  return (content) =>
    content instanceof Blob && !mediaType
      ? content
      : new Blob([content as Blob], mediaType ? { type: mediaType } : {});
}

/** The fields of a form with files. A field that is a list is repeated, one that is an object is sent as JSON. */
export function multipart(fields: unknown): FormData {
  const form = new FormData();
  for (const [name, value] of toPairs(fields as object)) {
    const plain = typeof value !== 'object' || value instanceof Blob;
    form.append(name, plain ? (value as string) : writeJson(value));
  }
  return form;
}

/** The fields of a form without files. A field that is a list is repeated. */
export function urlencoded(fields: unknown): URLSearchParams {
  return new URLSearchParams(toPairs(fields as object) as [string, string][]);
}
