import { InvalidInputError } from './errors.ts';
import { itemsOf, own, type Styles, toText, type WritePairs, writePairs } from './parameters.ts';
import { jsonPair } from './styles.ts';
import { describe, isRecord, writeJson } from './write-json.ts';

/** Writes a body under a media type. A `Blob` of a multipart type and a `FormData` have a media type of their own. */
export type Encode = (body: unknown, mediaType: string) => NonNullable<RequestInit['body']>;

/**
 * Writes the body of an operation.
 *
 * @param asked the caller's header `Content-Type`
 * @param encode replaces the way in which the contract writes the body
 * @returns the body, and its media type; undefined if the platform knows it
 */
export type WriteBody = (
  body: unknown,
  asked: string | undefined,
  encode: Encode | undefined,
) => [body: RequestInit['body'], mediaType: string | undefined];

/** JSON, unless the contract says otherwise. */
export const writeJsonBody: WriteBody = (body, _, encode = json) => {
  const written = encode(body, 'application/json');
  return [written, typeof written === 'string' ? 'application/json' : undefined];
};

/** JSON, under any media type. */
export const json: Encode = (body) => writeJson(body);

/** Text or bytes, unchanged. */
export const content: Encode = (body, mediaType) => {
  const sendable =
    typeof body === 'string' ||
    body instanceof Blob ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body);
  if (sendable) return body as Blob;
  throw new InvalidInputError(
    `The body is ${describe(body)}; the contract says ${mediaType}: pass text or bytes.`,
  );
};

/**
 * A list with one JSON value in each line, or in each record of `application/json-seq` (RFC 7464). Text or bytes are sent
 * unchanged.
 */
export const lines: Encode = (body, mediaType) => {
  if (!Array.isArray(body)) return content(body, mediaType);
  const start = /json-seq/i.test(mediaType) ? '\x1e' : '';
  return body.map((item) => `${start}${writeJson(item)}\n`).join('');
};

/** Writes a form without files. An object is sent as JSON, unless the contract says otherwise. */
export function urlencoded(styles?: Styles): Encode {
  return (body, mediaType) =>
    fieldsOf(body, mediaType)
      .flatMap(([name, value]) => {
        const style = own(styles, name);
        const write = (item: unknown) =>
          writePairs(name, item, style ?? (isRecord(item) ? jsonPair : undefined), `The field ${name}`);
        return style ? write(value) : itemsOf(value).flatMap(write);
      })
      .join('&');
}

/** How to write the parts of a form, by the name of the field. */
export type Parts = Readonly<Record<string, { style?: WritePairs; contentType?: string }>>;

/**
 * Writes a form with files. A list repeats its field, and an object is sent as JSON, unless the contract says
 * otherwise. Written by hand because a `FormData` gives a file name to each part with a media type.
 */
export function multipart(parts?: Parts): Encode {
  return (body, mediaType) => {
    const boundary = crypto.randomUUID();
    const pieces = fieldsOf(body, mediaType)
      .flatMap(([name, value]) => toParts(name, value, own(parts, name)))
      .flatMap(([head, part]) => [
        `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`,
        part,
        '\r\n',
      ]);
    return new Blob([...pieces, `--${boundary}--\r\n`], {
      type: `multipart/form-data; boundary=${boundary}`,
    });
  };
}

function toParts(
  name: string,
  value: unknown,
  { style, contentType = '' }: Parts[string] = {},
): [head: string, part: string | Blob][] {
  const place = `The field ${name}`;
  const head = (key: string, mediaType: string, file = '') =>
    `name=${quote(key)}${file}${mediaType && `\r\nContent-Type: ${mediaType}`}`;
  if (style && value !== undefined && value !== null)
    return style(name, value, place, (text) => text).map(([key, text]) => [head(key, contentType), text]);
  return itemsOf(value).map((item) => {
    if (item instanceof Blob) {
      const { name: file = 'blob', type } = item as File;
      const mediaType = contentType || type || 'application/octet-stream';
      return [head(name, mediaType, `; filename=${quote(file)}`), item];
    }
    if (typeof item === 'object' || /[/+]json/i.test(contentType))
      return [head(name, contentType || 'application/json'), writeJson(item, place)];
    return [head(name, contentType), toText(item, place)];
  });
}

/** As in HTML forms. */
function quote(name: string): string {
  return `"${name.replace(/[\r\n"]/g, encodeURIComponent)}"`;
}

function fieldsOf(body: unknown, mediaType: string): [string, unknown][] {
  if (isRecord(body)) return Object.entries(body);
  throw new InvalidInputError(
    `The body is ${describe(body)}; the contract says ${mediaType}: pass its fields.`,
  );
}

/**
 * Writes a body under the media type that the caller's header or value asks for, or else the preferred one. Text and
 * bytes ask for a media type that is not JSON or a form. A `FormData` and `URLSearchParams` are sent unchanged.
 *
 * @param types of the contract, the preferred one first, each with how to write it
 */
export function bodyIn(types: readonly (readonly [mediaType: string, encode: Encode])[]): WriteBody {
  return (body, asked, encode) => {
    if (body instanceof URLSearchParams && !encode)
      return [String(body), 'application/x-www-form-urlencoded'];
    const wanted = nameOf(asked ?? (body instanceof Blob ? body.type : ''));
    const plain = typeof body === 'string' || body instanceof ArrayBuffer || ArrayBuffer.isView(body);
    const [mediaType, byContract] = (types.find(([type]) => nameOf(type) === wanted) ??
      types.find(([, each]) => plain && each === content) ??
      types[0]) as (typeof types)[0];
    const written = body instanceof FormData && !encode ? body : (encode ?? byContract)(body, mediaType);
    if (written instanceof FormData) return [written, undefined];
    const { type = '' } = written as Blob;
    if (/^multipart/.test(type)) return [written, type];
    return [written, asked ?? (mediaType.includes('*') ? type || 'application/octet-stream' : mediaType)];
  };
}

function nameOf(mediaType: string): string {
  return mediaType
    .replace(/;[\s\S]*/, '')
    .trim()
    .toLowerCase();
}
