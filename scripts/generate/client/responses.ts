import { type Content, type Document, kindsOf, resolve } from './document.ts';
import { chooseMedia } from './media-types.ts';
import type { SchemaTypes, Site } from './site.ts';
import { Unsupported } from './site.ts';
import { quote } from './text.ts';

/** What the runtime checks of a JSON response: the kind of its outermost value. */
type Expected = 'object' | 'array' | 'json' | 'unknown' | 'nothing';

/** The result of a method, and how to read it. */
export interface Success {
  /** The type of the data: an expression with the exports of schema.ts. */
  data: string;
  /** How to read the body; undefined if no status has one. `redirect`: the data is the target. */
  kind: 'json' | 'text' | 'bytes' | 'redirect' | undefined;
  expected: Expected;
  /** The statuses whose body is another one. */
  byStatus: Map<string, Expected>;
  /** The media types to ask for, if not only JSON. */
  accept: string | undefined;
}

interface ReadResponse {
  status: string;
  data: string;
  kind: Success['kind'];
  expected: Expected;
  mediaType: string | undefined;
}

export function readSuccess(document: Document, types: SchemaTypes, site: Site): Success {
  if (redirectsAlone(site)) return REDIRECT;
  const responses = successStatuses(site).map((status) => readResponse(document, types, site, status));
  const filled = responses.filter(({ kind }) => kind);
  const [kind, ...others] = new Set(filled.map((each) => each.kind));
  if (others.length > 0) throw new Unsupported('its success statuses differ in the kind of their bodies');
  // An empty text or an empty `Blob` shows that there was no body.
  const typed = kind === 'json' || kind === undefined ? responses : filled;
  const range = responses.find(({ status }) => /x|default/i.test(status));
  const { expected } = range ?? filled[0] ?? { expected: 'nothing' };
  const differing = typed.filter((each) => each.expected !== expected);
  const mediaTypes = [...new Set(filled.map(({ mediaType }) => mediaType))];
  return {
    data: [...new Set(typed.map(({ data }) => data))].join(' | ') || 'undefined',
    kind,
    expected,
    byStatus: new Map(differing.map((each) => [each.status, each.expected])),
    accept: /^(application\/json)?$/.test(mediaTypes.join())
      ? undefined
      : [...mediaTypes, '*/*;q=0.1'].join(', '),
  };
}

/** The type of the body of each documented error status, range or `default`. */
export function readErrors(document: Document, types: SchemaTypes, site: Site): Map<string, string> {
  const statuses = Object.keys(site.object.responses ?? {}).filter((status) =>
    /^([45](\d\d|XX)|default)$/i.test(status),
  );
  return new Map(
    statuses.map((status) => {
      const { kind, data } = readResponse(document, types, site, status);
      return [status.replace('xx', 'XX'), kind === 'json' ? data : 'undefined'];
    }),
  );
}

const REDIRECT: Success = {
  data: 'string',
  kind: 'redirect',
  expected: 'nothing',
  byStatus: new Map(),
  accept: undefined,
};

/** Whether a redirect is the only success that the contract documents. */
function redirectsAlone({ object }: Site): boolean {
  const statuses = Object.keys(object.responses ?? {});
  return (
    statuses.some((status) => /^3(0[1-3]|0[78]|XX)$/i.test(status)) &&
    !statuses.some((status) => /^2/.test(status))
  );
}

function successStatuses({ object }: Site): string[] {
  const statuses = Object.keys(object.responses ?? {});
  const successes = statuses.filter((status) => /^2(\d\d|XX)$/i.test(status));
  if (successes.length > 0) return successes;
  return statuses.includes('default') ? ['default'] : [];
}

function readResponse(document: Document, types: SchemaTypes, site: Site, status: string): ReadResponse {
  const response = site.object.responses?.[status];
  const all = response && resolve(document, response).content;
  const content = all && withoutStreams(all);
  const media = chooseMedia(content);
  if (site.method === 'head' || !content || Object.keys(content).length === 0) {
    const bodiless = site.method === 'head' || status === '204' || status === '205';
    const [data, expected] = bodiless
      ? (['undefined', 'nothing'] as const)
      : (['unknown', 'unknown'] as const);
    return { status, data, kind: undefined, expected, mediaType: undefined };
  }
  if (!media) throw new Unsupported(`its response ${status} is ${Object.keys(content).join(', ')}`);
  const { key, name: mediaType, schema } = media;
  if (media.kind !== 'json') {
    const text = media.kind === 'text';
    return {
      status,
      data: text ? 'string' : 'Blob',
      kind: text ? 'text' : 'bytes',
      expected: 'unknown',
      mediaType,
    };
  }
  const place = /^\d+$/.test(status) ? status : quote(status);
  const type =
    types.ofSchema(schema) ?? `${types.ofOperation(site)}['responses'][${place}]['content'][${quote(key)}]`;
  return {
    status,
    data: type,
    kind: 'json',
    expected: expectedOf(kindsOf(document, schema)),
    mediaType,
  };
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
}

const EVENTS = /^text\/event-stream$/;
const LINES = /^application\/(x-)?(ndjson|jsonl|json-?lines)$/;

/** The kind of stream that a media type stands for; undefined for other media types. */
export function streamKind(mediaType: string): 'events' | 'lines' | undefined {
  const name = mediaType.replace(/\s*;.*/, '').toLowerCase();
  if (EVENTS.test(name)) return 'events';
  return LINES.test(name) ? 'lines' : undefined;
}

/** The media types that are not streams. */
function withoutStreams(content: Content): Content {
  return Object.fromEntries(Object.entries(content).filter(([mediaType]) => !streamKind(mediaType)));
}

/** The first stream among the successes of an operation. */
export function readStream(document: Document, types: SchemaTypes, site: Site): Stream | undefined {
  for (const [status, node] of Object.entries(site.object.responses ?? {})) {
    if (!/^(2(\d\d|XX)|default)$/i.test(status)) continue;
    for (const [key, { schema }] of Object.entries(resolve(document, node).content ?? {})) {
      const kind = streamKind(key);
      if (!kind) continue;
      const place = /^\d+$/.test(status) ? status : quote(status);
      const inPlace = () => `${types.ofOperation(site)}['responses'][${place}]['content'][${quote(key)}]`;
      const type = schema ? (types.ofSchema(schema) ?? inPlace()) : 'unknown';
      const mediaType = key.replace(/\s*;.*/, '').toLowerCase();
      if (kind === 'lines') return { mediaType, item: type, reader: 'jsonLines' };
      const text = !schema || [...kindsOf(document, schema)].join() === 'string';
      return text
        ? { mediaType, item: 'ServerEvent', reader: 'textEvents' }
        : { mediaType, item: `ServerEvent<${type}>`, reader: 'jsonEvents' };
    }
  }
  return undefined;
}

/** Whether every success of an operation that has a body is a stream. */
export function streamsAlone(document: Document, { object }: Site): boolean {
  const contents = Object.entries(object.responses ?? {})
    .filter(([status]) => /^2(\d\d|XX)$/i.test(status))
    .map(([, node]) => resolve(document, node).content ?? {});
  return contents.every((content) => Object.keys(withoutStreams(content)).length === 0);
}
