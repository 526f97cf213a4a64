import type { Content, Encoding, Schema } from './document.ts';

/** How a body is encoded. `lines`: one JSON value in each line. */
export type Kind = 'json' | 'multipart' | 'urlencoded' | 'lines' | 'text' | 'bytes';

export interface Media {
  /** As the contract writes it. */
  key: string;
  kind: Kind;
  schema: Schema | { $ref: string } | undefined;
  /** Of the fields of a form. */
  encoding: Record<string, Encoding>;
  examples: object;
}

const LINES = /^application\/((x-)?(ndjson|jsonl|json-?lines)|json-seq)$/;

/** The first that matches is preferred. */
const kinds: [Kind, RegExp][] = [
  ['json', /^application\/json$/],
  ['json', /[/+]json$/],
  ['multipart', /^multipart\/form-data$/],
  ['urlencoded', /^application\/x-www-form-urlencoded$/],
  ['lines', LINES],
  ['text', /^text\/(?!event-stream)|[/+](xml|yaml)$/],
  ['bytes', /^(?!multipart\/|text\/event-stream)/],
];

/** Chooses the media type of a body that a method supports; undefined if it supports none. */
export function chooseMedia(content: Content = {}): Media | undefined {
  return readMedia(content)[0];
}

/** The media types that a method supports, in order of preference. */
export function readMedia(content: Content): Media[] {
  const ranked = Object.entries(content).flatMap(([key, media]) => {
    const rank = rankOf(key);
    const [kind] = kinds[rank] ?? [];
    const { schema, encoding = {}, examples = {} } = media ?? {};
    return kind ? [{ rank, media: { key, kind, schema, encoding, examples } }] : [];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ media }) => media);
}

/** How a body of a media type is encoded; undefined for one that no method supports. */
export function kindOf(mediaType: string): Kind | undefined {
  return kinds[rankOf(mediaType)]?.[0];
}

function rankOf(mediaType: string): number {
  return kinds.findIndex(([, pattern]) => pattern.test(mediaTypeName(mediaType)));
}

/** A media type without its parameters. */
export function mediaTypeName(key: string): string {
  return key.replace(/;.*/s, '').trim().toLowerCase();
}

/** Whether a media type is one, and not several or a range. */
export function isFixed(mediaType: string): boolean {
  return !/[,*]/.test(mediaType);
}

/** The kind of stream that a media type of a response stands for; undefined for other media types. */
export function streamKind(mediaType: string): 'events' | 'lines' | undefined {
  const name = mediaTypeName(mediaType);
  if (name === 'text/event-stream') return 'events';
  return LINES.test(name) ? 'lines' : undefined;
}
