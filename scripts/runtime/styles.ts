import { InvalidInputError } from './errors.ts';
import {
  entriesOf,
  form,
  itemsOf,
  own,
  type Styles,
  toText,
  type WritePairs,
  type WriteParameter,
  writePairs,
} from './parameters.ts';
import type { Rule } from './rule.ts';
import { isRecord, writeJson } from './write-json.ts';

/** Once, with a separator between the items: `name=a,b`. Those of other styles are escaped, as in `a%7Cb`. */
export function delimited(separator: ',' | ' ' | '|'): WritePairs {
  return (name, value, place, encode) => {
    const items = isRecord(value) ? entriesOf(value).flat() : itemsOf(value);
    const texts = items.map((item) => encode(toText(item, place)));
    return texts.length > 0 ? [[encode(name), texts.join(separator === ',' ? ',' : encode(separator))]] : [];
  };
}

/** `name[field][0]=value`, at any depth. */
export const deepObject: WritePairs = (name, value, place, encode) => {
  if (value === undefined || value === null) return [];
  if (!isRecord(value) && !Array.isArray(value)) return [[encode(name), encode(toText(value, place))]];
  return Object.entries(value).flatMap(([field, inner]) =>
    deepObject(`${name}[${field}]`, inner, place, encode),
  );
};

/** As JSON. */
export const jsonPair: WritePairs = (name, value, place, encode) => [
  [encode(name), encode(writeJson(value, place))],
];

/**
 * Without escaping the characters of a value that have a meaning in a URL, except for `&`, `#` and `+`, which would end
 * it. The parts of a form are not escaped in any case.
 */
export const reserved: WritePairs = (name, value, place, encode) =>
  form(name, value, place, encode).map(([key, text]) => [
    key,
    encode === encodeURIComponent
      ? text.replace(/%(2C|2F|3A|3B|3D|3F|40|5B|5D|24)/g, decodeURIComponent)
      : text,
  ]);

/** A path parameter in JSON. */
export const jsonInPath: WriteParameter = (value, name) =>
  encodeURIComponent(writeJson(value, `The path parameter ${name}`));

/** A header in JSON. */
export const jsonInHeader: WriteParameter = (value, name) => writeJson(value, `The header ${name}`);

/** A path parameter in another style of OpenAPI than the default. */
export function inPath(style: 'simple' | 'label' | 'matrix', explode: boolean): WriteParameter {
  return (value, name) => {
    const items = partsOf(value, explode, (each) =>
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
  return (value, name) => partsOf(value, explode, (each) => toText(each, `The header ${name}`)).join(',');
}

function partsOf(value: unknown, explode: boolean, write: (item: unknown) => string): string[] {
  if (!isRecord(value)) return [value].flat().map(write);
  const fields = entriesOf(value);
  return explode ? fields.map((field) => field.map(write).join('=')) : fields.flat().map(write);
}

/**
 * The cookie parameters of an operation, in one header.
 *
 * @throws {InvalidInputError} on a platform that only sends its own cookies
 */
export function cookiesIn(styles?: Styles): NonNullable<Rule['cookies']> {
  return (cookies = {}, given) => {
    const pairs = Object.entries(cookies).flatMap(([name, value]) =>
      writePairs(name, value, own(styles, name), `The cookie ${name}`),
    );
    if (pairs.length > 0) checkCookies();
    return [given, ...pairs].filter(Boolean).join('; ');
  };
}

/** @throws {InvalidInputError} in a browser, which drops the header without an error */
export function checkCookies(): void {
  if (new Request('https://localhost', { headers: { cookie: 'a=b' } }).headers.has('cookie')) return;
  throw new InvalidInputError('A browser sends its own cookies only: this one must be set there.');
}
