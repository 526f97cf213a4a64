import type { Content, Encoding, Schema } from './document.ts';

/** How a body is encoded. */
export type Kind = 'json' | 'multipart' | 'urlencoded' | 'text' | 'bytes';

export interface Media {
  /** As the contract writes it. */
  key: string;
  /** Without parameters. */
  name: string;
  kind: Kind;
  schema: Schema | { $ref: string } | undefined;
  /** Of the fields of a form. */
  encoding: Record<string, Encoding>;
}

/** The first that matches is preferred. */
const kinds: [Kind, RegExp][] = [
  ['json', /^application\/json$/],
  ['json', /[/+]json$/],
  ['multipart', /^multipart\/form-data$/],
  ['urlencoded', /^application\/x-www-form-urlencoded$/],
  ['text', /^text\/(?!event-stream)|[/+](xml|yaml)$/],
  ['bytes', /^(?!multipart\/|text\/event-stream)/],
];

/** Chooses the media type of a body that a method supports; undefined if it supports none. */
export function chooseMedia(content: Content = {}): Media | undefined {
  return readMedia(content)[0];
}

/** The media types that a method supports, one of each kind, in order of preference. */
export function readMedia(content: Content): Media[] {
  const names = Object.keys(content).map((key) => ({ key, name: key.replace(/\s*;.*/, '').toLowerCase() }));
  const found = new Map<Kind, Media>();
  for (const [kind, pattern] of kinds) {
    const media = names.find(
      ({ name, key }) => pattern.test(name) && ![...found.values()].some((each) => each.key === key),
    );
    if (!media || found.has(kind)) continue;
    const { schema, encoding = {} } = content[media.key] ?? {};
    found.set(kind, { ...media, kind, schema, encoding });
  }
  return [...found.values()];
}
