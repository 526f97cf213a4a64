import { type Document, resolve, type Schema } from './document.ts';
import { kindsOf } from './kinds.ts';
import { chooseMedia, type Media } from './media-types.ts';
import { omitFields } from './read-write.ts';
import type { SchemaTypes, Site } from './site.ts';
import { quote } from './text.ts';
import { Unsupported } from './unsupported.ts';

export interface Body {
  type: string;
  required: boolean;
  description: string | undefined;
  defaultsToEmpty: boolean;
  /** The function of the runtime that writes it, where it is no plain JSON, and the media type that it takes. */
  encode: { name: string; mediaType?: string } | undefined;
}

export function readBody(document: Document, types: SchemaTypes, site: Site): Body | undefined {
  const { object, method } = site;
  if (!object.requestBody) return undefined;
  if (method === 'get' || method === 'head')
    throw new Unsupported(`it is a ${method.toUpperCase()} with a body, which fetch does not send`);
  const { content, required = false, description } = resolve(document, object.requestBody);
  const media = chooseMedia(content);
  if (!media)
    throw new Unsupported(`its request body is ${Object.keys(content).join(', ') || 'of no media type'}`);
  if (media.kind === 'urlencoded') refuseNested(document, media);
  const schema: Schema = resolve<Schema>(document, media.schema ?? {});
  return {
    type: bodyType(document, types, site, media),
    required,
    description,
    defaultsToEmpty: !required && schema.type === 'object' && !schema.required?.length,
    encode: encoderFor(media),
  };
}

function bodyType(document: Document, types: SchemaTypes, site: Site, { kind, key, schema }: Media): string {
  if (kind === 'text') return 'string';
  if (kind === 'bytes') return 'Blob | ArrayBuffer | ArrayBufferView';
  const whole =
    types.ofSchema(schema) ??
    `NonNullable<${types.ofOperation(site)}['requestBody']>['content'][${quote(key)}]`;
  return omitFields(document, schema, 'readOnly', whole);
}

function encoderFor({ kind, name }: Media): Body['encode'] {
  if (kind === 'json') return name === 'application/json' ? undefined : { name: 'jsonAs', mediaType: name };
  if (kind === 'multipart' || kind === 'urlencoded') return { name: kind };
  return name.includes('*') ? { name: 'contentAs' } : { name: 'contentAs', mediaType: name };
}

/** How an object within such a form is written differs from service to service. */
function refuseNested(document: Document, { schema }: Media): void {
  const { properties = {} } = resolve<Schema>(document, schema ?? {});
  for (const [name, property] of Object.entries(properties)) {
    const { items } = resolve<Schema>(document, property);
    if (kindsOf(document, property).has('object') || kindsOf(document, items).has('object'))
      throw new Unsupported(`the field ${name} of its urlencoded body is an object`);
  }
}
