import { type Content, type Document, resolve, type Schema } from './document.ts';
import { type Media, readMedia } from './media-types.ts';
import { writtenStyle } from './parameters.ts';
import type { SchemaTypes, Site } from './site.ts';
import { Unsupported } from './site.ts';
import { propertyName, quote } from './text.ts';

export interface Body {
  type: string;
  required: boolean;
  description: string | undefined;
  defaultsToEmpty: boolean;
  /** The call of a runtime function that writes the body, and the functions in that call; undefined for plain JSON. */
  encode: { call: string; functions: string[] } | undefined;
}

export function readBody(document: Document, types: SchemaTypes, site: Site): Body | undefined {
  const { object, method } = site;
  if (!object.requestBody) return undefined;
  const { content, required = false, description } = resolve(document, object.requestBody);
  if (method === 'get' || method === 'head') {
    if (!required && isAlwaysEmpty(document, content)) return undefined;
    throw new Unsupported(`it is a ${method.toUpperCase()} with a body, which fetch does not send`);
  }
  const [media, ...others] = readMedia(content);
  if (!media)
    throw new Unsupported(`its request body is ${Object.keys(content).join(', ') || 'of no media type'}`);
  const schema: Schema = resolve<Schema>(document, media.schema ?? {});
  return {
    type: [bodyType(types, site, media), ...asTheyAre(others)].join(' | '),
    required,
    description,
    defaultsToEmpty: !required && mayBeEmpty(schema, media),
    encode: orAsItIs(encoderFor(document, media), asTheyAre(others)),
  };
}

/** Whether no media type has a field to send. Stripe documents each of its GETs with such a body. */
function isAlwaysEmpty(document: Document, content: Content = {}): boolean {
  return Object.values(content).every(({ schema }) => {
    const { properties = {}, additionalProperties } = resolve<Schema>(document, schema ?? {});
    return additionalProperties === false && Object.keys(properties).length === 0;
  });
}

/** Whether an empty object is a valid body. */
function mayBeEmpty({ type, required, allOf, anyOf, oneOf }: Schema, { kind }: Media): boolean {
  return (
    type === 'object' &&
    !required?.length &&
    !allOf &&
    !anyOf &&
    !oneOf &&
    kind !== 'text' &&
    kind !== 'bytes'
  );
}

function bodyType(types: SchemaTypes, site: Site, { kind, key, schema }: Media): string {
  if (kind === 'text') return 'string';
  if (kind === 'bytes') return 'Blob | ArrayBuffer | ArrayBufferView';
  return (
    types.ofSchema(schema) ??
    `NonNullable<${types.ofOperation(site)}['requestBody']>['content'][${quote(key)}]`
  );
}

function encoderFor(document: Document, media: Media): Body['encode'] {
  const { kind, name } = media;
  const encode = (encoder: string, argument: string) => ({
    call: `${encoder}(${argument})`,
    functions: [encoder],
  });
  if (kind === 'json') return name === 'application/json' ? undefined : encode('jsonAs', quote(name));
  if (kind === 'multipart') return encode(kind, emitParts(document, media));
  if (kind === 'urlencoded') return encode(kind, emitRecord(fieldStyles(document, media)));
  return encode('contentAs', name.includes('*') ? '' : quote(name));
}

/** The types to pass for another media type: their values have that media type. */
function asTheyAre(others: Media[]): string[] {
  return others.flatMap(({ kind }) => formTypes[kind] ?? []);
}

const formTypes: Partial<Record<Media['kind'], string>> = {
  multipart: 'FormData',
  urlencoded: 'URLSearchParams',
};

function orAsItIs(encode: Body['encode'], others: string[]): Body['encode'] {
  if (others.length === 0) return encode;
  const { call, functions } = encode ?? { call: 'writeJson', functions: ['writeJson'] };
  return { call: `orForm(${call})`, functions: ['orForm', ...functions] };
}

/** How to write the fields of a form, by the encoding object of the contract. */
function fieldStyles(document: Document, { schema, encoding }: Media): [string, string][] {
  const { properties = {} } = resolve<Schema>(document, schema ?? {});
  return Object.entries(encoding).flatMap(([name, { style, explode, allowReserved }]): [string, string][] => {
    if (style === undefined && explode === undefined && allowReserved === undefined) return [];
    const field = {
      schema: properties[name] ?? {},
      style: style ?? 'form',
      ...(explode !== undefined && { explode }),
    };
    const written = writtenStyle(document, field, `the field ${name} of its form`);
    return written ? [[name, quote(written)]] : [];
  });
}

function emitParts(document: Document, media: Media): string {
  const styles = new Map(fieldStyles(document, media));
  const parts = Object.entries(media.encoding).flatMap(([name, { contentType }]): [string, string][] => {
    const style = styles.get(name);
    // With several media types, or a range, the value itself has its media type.
    const fixed = contentType && !/[,*]/.test(contentType) ? contentType : undefined;
    const fields = [
      ...(style ? [`style: ${style}`] : []),
      ...(fixed ? [`contentType: ${quote(fixed)}`] : []),
    ];
    return fields.length > 0 ? [[name, `{ ${fields.join(', ')} }`]] : [];
  });
  return emitRecord(parts);
}

function emitRecord(rows: [string, string][]): string {
  return rows.length > 0
    ? `{ ${rows.map(([name, value]) => `${propertyName(name)}: ${value}`).join(', ')} }`
    : '';
}
