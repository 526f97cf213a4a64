import { InvalidInputError } from './errors.ts';
import { describe, isRecord } from './write-json.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Writes a query parameter, a form field or a cookie as names and values.
 *
 * @param place names it in an error
 * @param encode of names and values
 */
export type WritePairs = (
  name: string,
  value: unknown,
  place: string,
  encode: (text: string) => string,
) => [name: string, value: string][];

/** How to write those that are not in the default style, by name. */
export type Styles = Readonly<Record<string, WritePairs>>;

/** Writes the value of a path parameter, escaped, or of a header. */
export type WriteParameter = (value: unknown, name: string) => string;

/** Functions that write a parameter in another style than the default, by the name of the parameter. */
export type Writers = Readonly<Record<string, WriteParameter>>;

/** A field of an object with foreign names, such as `constructor`; undefined if it is not its own. */
export function own<T>(fields: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/**
 * Fills a path template with parameters. The items of a list are separated by commas.
 *
 * @param isUuid whether a parameter must be a UUID
 * @param writers of parameters that are written in another way
 * @throws {InvalidInputError} for a parameter that is missing, empty, not a UUID although it must be one, or `.` or
 *   `..`, which URL parsers resolve, escaped or not, so that another operation would be called
 */
export function fillPath(
  template: string,
  parameters: object | undefined,
  isUuid: (name: string) => boolean,
  writers: Writers | undefined,
): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const place = `The path parameter ${name}`;
    const given = own(parameters as Record<string, unknown>, name);
    const write = own(writers, name);
    const items = [given ?? ''].flat();
    const value = write
      ? write(given ?? '', name)
      : items.map((item) => encodeURIComponent(toText(item, place))).join(',');
    if (isUuid(name) && !UUID.test(value))
      throw new InvalidInputError(`${place} must be a UUID; it is ${JSON.stringify(given)}.`);
    if (/^\.{0,2}$/.test(value)) throw new InvalidInputError(`${place} must not be empty, "." or "..".`);
    return value;
  });
}

/** Writes a query without its `?`. Parameters that are undefined, null or an empty list are left out. */
export function writeQuery(query: object = {}, styles?: Styles): string {
  return Object.entries(query)
    .flatMap(([name, value]) => writePairs(name, value, own(styles, name), `The query parameter ${name}`))
    .join('&');
}

/** Adds a query to a URL or a path, which may have one. */
export function addQuery(url: string, query: string): string {
  if (!query) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/** Writes `name=value` for each pair. @param write the default repeats the name, see `form` */
export function writePairs(
  name: string,
  value: unknown,
  write: WritePairs | undefined,
  place: string,
): string[] {
  if (value === undefined || value === null) return [];
  return (write ?? form)(name, value, place, encodeURIComponent).map((pair) => pair.join('='));
}

/** The default style: the name is repeated for each item of a list, and each field of an object is a separate pair. */
export const form: WritePairs = (name, value, place, encode) =>
  (isRecord(value) ? entriesOf(value) : [[name, value] as const]).flatMap(([key, items]) =>
    itemsOf(items).map((item): [string, string] => [encode(key), encode(toText(item, place))]),
  );

/** The fields that have a value. */
export function entriesOf(fields: object): [string, unknown][] {
  return Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
}

/** The items of a list that have a value; any other value is one item. */
export function itemsOf(value: unknown): unknown[] {
  return [value].flat().filter((item) => item !== undefined && item !== null);
}

/** @throws {InvalidInputError} for a value that has no text form */
export function toText(value: unknown, place: string): string {
  const hasText =
    typeof value === 'number' ? Number.isFinite(value) : /^(string|boolean|bigint)$/.test(typeof value);
  if (!hasText)
    throw new InvalidInputError(`${place} is ${describe(value)}, which cannot be written as text.`);
  return String(value);
}

/** What HTTP computes from the request and its connection. */
const COMPUTED = /^(connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/;

/**
 * Headers by lower-case name. Fields of an object that are undefined or null are left out; a list repeats the header.
 *
 * @param writers by lower-case name
 * @throws {InvalidInputError} whose message does not contain the value, which may be a secret
 */
export function writeHeaders(
  headers: RequestInit['headers'] | object,
  writers?: Writers,
): Record<string, string> {
  if (headers === undefined) return {};
  const toPairs = ([name, value]: [string, unknown]): [string, string][] => {
    const write = own(writers, name.toLowerCase());
    if (write && value !== undefined && value !== null) return [[name, write(value, name)]];
    return itemsOf(value).map((item) => [name, toText(item, `The header ${name}`)]);
  };
  const iterable = Symbol.iterator in Object(headers);
  const pairs = iterable ? (headers as Headers) : Object.entries(headers).flatMap(toPairs);
  let written: Record<string, string>;
  try {
    written = Object.fromEntries(new Headers(pairs));
  } catch {
    throw new InvalidInputError('headers contains a name or a value that HTTP does not allow.');
  }
  const computed = Object.keys(written).find((name) => COMPUTED.test(name));
  if (computed)
    throw new InvalidInputError(`headers contains ${computed}, which HTTP computes itself: leave it out.`);
  return written;
}
