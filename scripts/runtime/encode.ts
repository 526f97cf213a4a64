import { toPairs } from './url.ts';

/** JSON under a media type of its own, such as `application/merge-patch+json`. */
export function jsonAs(mediaType: string): (value: unknown) => Blob {
  return (value) => new Blob([JSON.stringify(value)], { type: mediaType });
}

/** Text or bytes as they are. Where the contract leaves the media type open, a `Blob` brings its own. */
export function contentAs(mediaType?: string): (content: unknown) => Blob {
  return (content) =>
    content instanceof Blob && !mediaType
      ? content
      : new Blob([content as Blob], mediaType ? { type: mediaType } : {});
}

/** The fields of a form with files. A field that is an array is repeated, one that is an object is sent as JSON. */
export function multipart(fields: unknown): FormData {
  const form = new FormData();
  for (const [name, value] of toPairs(fields as object)) {
    const plain = typeof value !== 'object' || value instanceof Blob;
    form.append(name, plain ? (value as string) : JSON.stringify(value));
  }
  return form;
}

/** The fields of a form without files. A field that is an array is repeated. */
export function urlencoded(fields: unknown): URLSearchParams {
  return new URLSearchParams(toPairs(fields as object) as [string, string][]);
}
