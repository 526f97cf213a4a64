import { type Content, type Document, resolve } from './document.ts';
import { kindsOf } from './kinds.ts';
import type { SchemaTypes, Site } from './site.ts';
import { quote } from './text.ts';

/** A success that arrives piece by piece. */
export interface Stream {
  mediaType: string;
  /** Type of what a loop over it yields. */
  item: string;
  /** The function of the runtime that reads it. */
  reader: 'jsonEvents' | 'textEvents' | 'jsonLines';
}

const EVENTS = /^text\/event-stream$/;
const LINES = /^application\/(x-)?(ndjson|jsonl|json-?lines)$/;

/** Whether a media type is one of events or of lines in JSON, and which. */
export function streamKind(mediaType: string): 'events' | 'lines' | undefined {
  const name = mediaType.replace(/\s*;.*/, '').toLowerCase();
  if (EVENTS.test(name)) return 'events';
  return LINES.test(name) ? 'lines' : undefined;
}

/** What a response can be beside a stream. */
export function withoutStreams(content: Content): Content {
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
