import { type Content, type Document, kindsOf } from '../../openapi/document.ts';
import { chooseMedia, isFixed, mediaTypeName, streamKind } from '../../openapi/media-types.ts';
import { errorStatuses, redirectsAlone, successStatuses } from '../../openapi/operations.ts';
import type { Expected } from '../../runtime/rule.ts';
import type { Draft } from './draft.ts';
import type { SchemaTypes } from './schema-types.ts';
import { quote } from './text.ts';

/** The result of a method, and how to read it. */
export interface Success {
  /** The type of the data: an expression with the exports of schema.ts. */
  data: string;
  /** How to read the body; undefined if no status has one. `redirect`: the data is the target. */
  read: 'json' | 'text' | 'blob' | 'redirect' | undefined;
  expected: Expected;
  /** The statuses whose body is another one. */
  byStatus: Map<string, Expected>;
  mediaTypes: string[];
}

interface ReadResponse {
  status: string;
  data: string;
  read: Success['read'];
  expected: Expected;
  mediaType: string | undefined;
}

export function readSuccess(document: Document, types: SchemaTypes, draft: Draft): Success {
  if (redirectsAlone(draft))
    return { data: 'string', read: 'redirect', expected: 'nothing', byStatus: new Map(), mediaTypes: [] };
  const responses = successStatuses(draft).map((status) => readResponse(document, types, draft, status));
  const filled = responses.filter(({ read }) => read);
  const [read, ...others] = new Set(filled.map((each) => each.read));
  if (others.length > 0) draft.unsupported.push('its success statuses differ in the kind of their bodies');
  // An empty text or an empty `Blob` shows that there was no body.
  const typed = read === 'json' || read === undefined ? responses : filled;
  const range = responses.find(({ status }) => /x|default/i.test(status));
  const { expected } = range ?? filled[0] ?? responses[0] ?? { expected: 'nothing' as const };
  return {
    data: [...new Set(typed.map(({ data }) => data))].join(' | ') || 'undefined',
    read,
    expected,
    byStatus: new Map(
      typed.filter((each) => each.expected !== expected).map((each) => [each.status, each.expected]),
    ),
    mediaTypes: filled.flatMap(({ mediaType = [] }) => mediaType),
  };
}

/** The body of each documented error. */
export interface Errors {
  /** The type by status, range or `default`. */
  types: Map<string, string>;
  /** Whether it is text, by the same. */
  text: Map<string, boolean>;
  mediaTypes: string[];
}

export function readErrors(document: Document, types: SchemaTypes, draft: Draft): Errors {
  const errors = errorStatuses(draft).map((status) =>
    // A method exists even if it cannot read all of an error.
    readResponse(document, types, { ...draft, unsupported: [] }, status),
  );
  const readable = errors.filter(({ read }) => read === 'json' || read === 'text');
  const toKey = (status: string) => status.replace('xx', 'XX');
  return {
    types: new Map(
      errors.map((each) => [toKey(each.status), readable.includes(each) ? each.data : 'undefined']),
    ),
    text: new Map(errors.map(({ status, read }) => [toKey(status), read === 'text'])),
    mediaTypes: readable.flatMap(({ mediaType = [] }) => mediaType),
  };
}

/**
 * The media types to ask for, as a header.
 *
 * @param mediaTypes those that a client reads, the ones of the success first
 */
export function acceptHeader(mediaTypes: string[]): string {
  // Text is UTF-8, whatever the contract says.
  const withoutCharset = (mediaType: string) =>
    mediaType
      .split(';')
      .filter((part) => !/^\s*charset=/i.test(part))
      .join(';')
      .trim();
  const [...all] = new Set(mediaTypes.map(withoutCharset));
  if (all.length === 0 || all.join() === 'application/json') return 'application/json';
  return [...all, '*/*;q=0.1'].join(', ');
}

function contentOf({ responses }: Draft, status: string): Content {
  return responses.get(status)?.content ?? {};
}

function readResponse(document: Document, types: SchemaTypes, draft: Draft, status: string): ReadResponse {
  const content = withoutStreams(contentOf(draft, status));
  if (draft.method === 'head' || Object.keys(content).length === 0) {
    const bodiless = draft.method === 'head' || status === '204' || status === '205';
    const [data, expected] = bodiless
      ? (['undefined', 'nothing'] as const)
      : (['unknown', 'unknown'] as const);
    return { status, data, read: undefined, expected, mediaType: undefined };
  }
  const media = chooseMedia(content);
  if (!media) draft.unsupported.push(`its response ${status} is ${Object.keys(content).join(', ')}`);
  if (media?.kind !== 'json') {
    const text = media?.kind === 'text';
    return {
      status,
      data: text ? 'string' : 'Blob',
      read: text ? 'text' : 'blob',
      expected: 'unknown',
      mediaType: media?.key ?? Object.keys(content)[0],
    };
  }
  return {
    status,
    data: types.ofSchema(media.schema) ?? typeInPlace(types, draft, status, media.key),
    read: 'json',
    expected: expectedOf(kindsOf(document, media.schema)),
    mediaType: media.key,
  };
}

function typeInPlace(types: SchemaTypes, draft: Draft, status: string, key: string): string {
  const place = /^\d+$/.test(status) ? status : quote(status);
  return `${types.ofOperation(draft)}['responses'][${place}]['content'][${quote(key)}]`;
}

function expectedOf(kinds: Set<string>): Expected {
  const [kind, ...others] = kinds;
  if (kind === undefined) return 'unknown';
  return others.length === 0 && (kind === 'object' || kind === 'array') ? kind : 'json';
}

/** A success that is a stream of items. */
export interface Stream {
  mediaType: string;
  /** The type of an item. */
  item: string;
  /** The runtime function that reads it. */
  reader: 'jsonEvents' | 'textEvents' | 'jsonLines';
  /** No success has another body. */
  alone: boolean;
}

/** The media types that are not streams. */
function withoutStreams(content: Content): Content {
  return Object.fromEntries(Object.entries(content).filter(([mediaType]) => !streamKind(mediaType)));
}

/** The first stream among the successes of an operation. */
export function readStream(document: Document, types: SchemaTypes, draft: Draft): Stream | undefined {
  const contents = successStatuses(draft).map((status) => [status, contentOf(draft, status)] as const);
  const alone = contents.every(([, content]) => Object.keys(withoutStreams(content)).length === 0);
  for (const [status, content] of contents)
    for (const [key, { schema }] of Object.entries(content)) {
      const kind = streamKind(key);
      if (!kind || !isFixed(key)) continue;
      const type = schema ? (types.ofSchema(schema) ?? typeInPlace(types, draft, status, key)) : 'unknown';
      const mediaType = mediaTypeName(key);
      if (kind === 'lines') return { mediaType, alone, item: type, reader: 'jsonLines' };
      const text = !schema || [...kindsOf(document, schema)].join() === 'string';
      return text
        ? { mediaType, alone, item: 'ServerEvent', reader: 'textEvents' }
        : { mediaType, alone, item: `ServerEvent<${type}>`, reader: 'jsonEvents' };
    }
  return undefined;
}
