import { InvalidInputError } from './errors.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * How to write a parameter or a form field, if not in the default style, which repeats the name for each item of a list
 * and writes each field of an object as a separate parameter:
 * - `,`, `%20`, `|`: once, with this separator between the items
 * - `deepObject`: `name[field]=value`
 * - `json`: as JSON
 * - `reserved`: without escaping the characters that have a meaning in a URL
 */
export type Style = ',' | '%20' | '|' | 'deepObject' | 'json' | 'reserved';

/** Functions that write a parameter, by the name of the parameter. */
export type Writers = Readonly<Record<string, (name: string, value: unknown) => string>>;

/** By the name of the parameter. */
export type Styles = Readonly<Record<string, Style>>;

/**
 * Fills a path template with parameters. The items of a list are separated by commas.
 *
 * @param uuids names of the parameters that must be UUIDs
 * @param writers of parameters that are written in another way
 * @throws {InvalidInputError} for a parameter that is missing, empty, not a UUID although it must be one, or `.` or
 *   `..`, which URL parsers resolve, escaped or not, so that another operation would be called
 */
export function fillPath(
  template: string,
  parameters: Record<string, unknown>,
  uuids: readonly string[] = [],
  writers: Writers = {},
): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const place = `The path parameter ${name}`;
    const given = parameters[name] ?? '';
    const value =
      writers[name]?.(name, given) ??
      [given]
        .flat()
        .map((item) => encodeURIComponent(toText(item, place)))
        .join(',');
    if (uuids.includes(name) && !UUID.test(value))
      throw new InvalidInputError(`${place} must be a UUID; it is ${JSON.stringify(parameters[name])}.`);
    if (/^\.{0,2}$/.test(value)) throw new InvalidInputError(`${place} must not be empty, "." or "..".`);
    return value;
  });
}

/** Writes the header parameters that have a writer, by lower-case name. */
export function writeHeaders(headers: object | undefined, writers: Writers): Record<string, string> {
  const given = Object.entries(headers ?? {}).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    given.flatMap(([name, value]) => {
      const text = writers[name]?.(name, value);
      return text === undefined ? [] : [[name.toLowerCase(), text]];
    }),
  );
}

/** Writes the query with its `?`, or nothing. Parameters that are undefined, null or an empty list are left out. */
export function writeQuery(query: object = {}, styles: Styles = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => writeParameter(name, value, styles[name]));
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

function writeParameter(name: string, value: unknown, style: Style | undefined): string[] {
  const place = `The query parameter ${name}`;
  const toValue = (item: unknown) => {
    const text = encodeURIComponent(toText(item, place));
    // Except for `&`, `#` and `+`, which would end or change the value.
    return style === 'reserved'
      ? text.replace(/%(2C|2F|3A|3B|3D|3F|40|5B|5D|24)/g, decodeURIComponent)
      : text;
  };
  const pair = ([key, item]: [string, unknown]) => `${encodeURIComponent(key)}=${toValue(item)}`;
  if (style === ',' || style === '%20' || style === '|') {
    const items = isRecord(value)
      ? Object.entries(value).flat()
      : toPairs({ [name]: value }).map(([, item]) => item);
    return items.length > 0 ? [`${encodeURIComponent(name)}=${items.map(toValue).join(style)}`] : [];
  }
  return styledPairs(name, value, style).map(pair);
}

/** The names and values that one parameter or field is written as. */
function styledPairs(name: string, value: unknown, style: Style | undefined): [string, unknown][] {
  if (value === undefined || value === null) return [];
  if (style === 'json') return [[name, writeJson(value)]];
  if (style === 'deepObject') return deepPairs(name, value);
  return isRecord(value) ? toPairs(value) : toPairs({ [name]: value });
}

/** `name[field][0]=value`, at any depth. */
function deepPairs(name: string, value: unknown): [string, unknown][] {
  if (value === undefined || value === null) return [];
  if (!isRecord(value) && !Array.isArray(value)) return [[name, value]];
  return Object.entries(value).flatMap(([field, inner]) => deepPairs(`${name}[${field}]`, inner));
}

/** Other objects, such as a Date, have no fields to write. */
export function isRecord(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** Names and values; a list repeats its name. Values that are undefined or null are left out. */
export function toPairs(fields: object = {}): [string, unknown][] {
  return Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => (value === undefined || value === null ? [] : [[name, value]])),
  ) as [string, unknown][];
}

/** @throws {InvalidInputError} for a value that has no text form */
function toText(value: unknown, place: string): string {
  const finite = typeof value !== 'number' || Number.isFinite(value);
  if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol' || !finite)
    throw new InvalidInputError(`${place} is ${describe(value)}, which cannot be part of a URL.`);
  return String(value);
}

/**
 * @param value is written without any change, or refused
 * @throws {InvalidInputError} that names the place of a value which JSON would drop or change: NaN would become `null`,
 *   which can mean "no limit"
 */
export function writeJson(value: unknown): string {
  checkJson(value, 'body');
  return JSON.stringify(value);
}

/** The maximum depth of a body, as one that contains itself is infinite. */
const DEEPEST = 1000;

/** @throws {InvalidInputError} @see writeJson */
export function checkJson(value: unknown, place: string, depth = 0): void {
  const reject = (advice = '') => {
    throw new InvalidInputError(`${place} is ${describe(value)}, which JSON cannot represent.${advice}`);
  };
  if (depth > DEEPEST) throw new InvalidInputError('The body is nested too deeply, or contains itself.');
  if (typeof value === 'number' && !Number.isFinite(value)) reject();
  if (typeof value === 'bigint') reject(' Write it as a number or a string, as the contract says.');
  if (typeof value === 'function' || typeof value === 'symbol') reject();
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Date) reject(' Write it as a string, as with toISOString().');
  if ('toJSON' in value) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      if (item === undefined)
        throw new InvalidInputError(`${place}[${index}] is undefined, which JSON cannot represent.`);
      checkJson(item, `${place}[${index}]`, depth + 1);
    }
  } else if (isRecord(value)) {
    for (const [name, field] of Object.entries(value)) checkJson(field, `${place}.${name}`, depth + 1);
  } else reject();
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'object'
    ? `of the type ${Object.prototype.toString.call(value).slice(8, -1)}`
    : `a ${typeof value}`;
}

/**
 * For a body that can also be a form: `FormData` and `URLSearchParams` are sent unchanged, under their own media type.
 */
export function orForm(encode: (body: unknown) => string | Blob | FormData | URLSearchParams): typeof encode {
  return (body) => (body instanceof FormData || body instanceof URLSearchParams ? body : encode(body));
}

/** JSON under another media type, such as `application/merge-patch+json`. */
export function jsonAs(mediaType: string): (value: unknown) => Blob {
  return (value) => new Blob([writeJson(value)], { type: mediaType });
}

/** Unchanged text or bytes. If the contract leaves the media type open, a `Blob` has its own. */
export function contentAs(mediaType?: string): (content: unknown) => Blob {
  return (content) =>
    content instanceof Blob && !mediaType
      ? content
      : new Blob([content as Blob], mediaType ? { type: mediaType } : {});
}

/** How to write the parts of a form, by the name of the field. */
export type Parts = Readonly<Record<string, { style?: Style; contentType?: string }>>;

/**
 * Writes a form with files. A list repeats its field, and an object is sent as JSON, unless the contract says
 * otherwise.
 */
export function multipart(parts: Parts = {}): (fields: unknown) => FormData {
  return (fields) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields as object)) {
      const { style, contentType } = parts[name] ?? {};
      for (const item of style === ','
        ? [
            toPairs({ value })
              .map(([, each]) => each)
              .join(),
          ]
        : [value].flat()) {
        if (item === undefined || item === null) continue;
        const content = item instanceof Blob ? item : writeField(item, name);
        form.append(name, contentType ? new Blob([content], { type: contentType }) : content);
      }
    }
    return form;
  };
}

function writeField(value: unknown, name: string): string {
  return typeof value === 'object' ? writeJson(value) : toText(value, `The field ${name}`);
}

/** Writes a form without files. An object is sent as JSON, unless the contract says otherwise. */
export function urlencoded(styles: Styles = {}): (fields: unknown) => URLSearchParams {
  return (fields) => {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(fields as object)) {
      const style = styles[name] ?? (isRecord(value) ? 'json' : undefined);
      if (style === ',')
        form.append(
          name,
          toPairs({ value })
            .map(([, each]) => each)
            .join(),
        );
      else
        for (const [key, item] of styledPairs(name, value, style))
          form.append(key, toText(item, `The field ${name}`));
    }
    return form;
  };
}

/** For a path, it returns escaped text. */
type WriteParameter = Writers[string];

/** A path parameter in JSON. */
export const jsonInPath: WriteParameter = (_, value) => encodeURIComponent(writeJson(value));

/** A header in JSON. */
export const jsonInHeader: WriteParameter = (_, value) => writeJson(value);

/** A path parameter in another style of OpenAPI than the default. */
export function inPath(style: 'simple' | 'label' | 'matrix', explode: boolean): WriteParameter {
  return (name, value) => {
    const items = itemsOf(value, explode, (each) =>
      encodeURIComponent(toText(each, `The path parameter ${name}`)),
    );
    if (style === 'simple') return items.join(',');
    if (style === 'label') return `.${items.join(explode ? '.' : ',')}`;
    if (!explode) return `;${name}=${items.join(',')}`;
    return items.map((item) => (isRecord(value) ? `;${item}` : `;${name}=${item}`)).join('');
  };
}

/** A header whose value is an object: `field,value`, or `field=value` where it explodes. */
export function objectInHeader(explode: boolean): WriteParameter {
  return (name, value) => itemsOf(value, explode, (each) => toText(each, `The header ${name}`)).join(',');
}

function itemsOf(value: unknown, explode: boolean, write: (item: unknown) => string): string[] {
  if (!isRecord(value)) return [value].flat().map(write);
  const fields = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
  return explode ? fields.map((field) => field.map(write).join('=')) : fields.flat().map(write);
}
