import { type Content, type Document, resolve, type Schema } from '../../openapi/document.ts';
import { isFixed, type Media, readMedia } from '../../openapi/media-types.ts';
import type { Draft } from './draft.ts';
import { formStyles, readStyle } from './parameters.ts';
import type { SchemaTypes } from './schema-types.ts';
import { Code, quote } from './text.ts';

export interface Body {
  type: string;
  required: boolean;
  description: string | undefined;
  defaultsToEmpty: boolean;
  /** The preferred one first. */
  media: BodyMedia[];
}

/** A media type of a body, and how to write it. */
export interface BodyMedia {
  key: string;
  encoder: 'json' | 'content' | 'lines' | 'multipart' | 'urlencoded';
  /** The fields of a form that are not written in the default way. */
  fields: Record<string, Field>;
}

interface Field {
  style?: Code | undefined;
  contentType?: string | undefined;
}

export function readBody(document: Document, types: SchemaTypes, draft: Draft): Body | undefined {
  const { body, method, unsupported, omitted } = draft;
  if (!body) return undefined;
  const { content, required = false, description } = body;
  if (method === 'get' || method === 'head') {
    if (required || !isAlwaysEmpty(document, content))
      (required ? unsupported : omitted).push(
        `it is a ${method.toUpperCase()} with a body, which fetch does not send`,
      );
    return undefined;
  }
  const [media, ...others] = readMedia(content);
  if (!media) {
    const keys = Object.keys(content);
    unsupported.push(`its request body is ${keys.join(', ') || 'of no media type'}`);
    const plain = keys.map((key) => ({ key, encoder: 'content' as const, fields: {} }));
    return { type: 'unknown', required, description, defaultsToEmpty: false, media: plain };
  }
  const [first, ...rest] = [media, ...others].map((each) => toBodyMedia(document, draft, each));
  const schema: Schema = resolve<Schema>(document, media.schema ?? {});
  return {
    type: [...new Set([bodyType(types, draft, media), ...others.flatMap(valueTypes)])].join(' | '),
    required,
    description,
    defaultsToEmpty: !required && mayBeEmpty(schema, media),
    // What the first one writes can also be sent under another media type.
    media: first ? [first, ...rest.filter(({ encoder }) => encoder !== first.encoder)] : [],
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
    !['text', 'bytes', 'lines'].includes(kind)
  );
}

function bodyType(types: SchemaTypes, draft: Draft, media: Media): string {
  const { kind, key, schema } = media;
  if (kind === 'text' || kind === 'bytes') return valueTypes(media).join(' | ');
  const type =
    types.ofSchema(schema) ??
    `NonNullable<${types.ofOperation(draft)}['requestBody']>['content'][${quote(key)}]`;
  // The schema is that of one line.
  return kind === 'lines' ? `${type}[] | string` : type;
}

/** The types of values that are sent under their own media type, whatever is preferred. */
function valueTypes({ kind }: Media): string[] {
  return {
    json: [],
    lines: [],
    multipart: ['FormData'],
    urlencoded: ['URLSearchParams'],
    text: ['string'],
    bytes: ['Blob', 'ArrayBuffer', 'ArrayBufferView'],
  }[kind];
}

function toBodyMedia(document: Document, draft: Draft, media: Media): BodyMedia {
  const { key, kind, schema, encoding } = media;
  const encoder = kind === 'text' || kind === 'bytes' ? 'content' : kind;
  if (kind !== 'multipart' && kind !== 'urlencoded') return { key, encoder, fields: {} };
  const { properties = {} } = resolve<Schema>(document, schema ?? {});
  const fields = Object.entries(encoding).flatMap(([name, { contentType = '', ...styles }]) => {
    const { style, explode, allowReserved } = styles;
    if (style && !formStyles.includes(style))
      draft.unsupported.push(`the field ${name} of its form has the style ${style}`);
    const field: Field = {};
    // With several media types, or a range, the value itself has its media type.
    if (kind === 'multipart' && isFixed(contentType)) field.contentType = contentType || undefined;
    if (style !== undefined || explode !== undefined || allowReserved !== undefined)
      field.style = readStyle(document, {
        schema: Object.hasOwn(properties, name) ? properties[name] : undefined,
        style,
        explode,
        allowReserved,
      });
    else if (kind === 'urlencoded' && /[/+]json\b/i.test(contentType)) field.style = new Code('jsonPair');
    return field.style || field.contentType ? [[name, field] as const] : [];
  });
  return { key, encoder: kind, fields: Object.fromEntries(fields) };
}
