/** The anchor of a heading, in the form of repository hosts and Redoc. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

/** A name that Redoc makes the same anchor of: Latin letters, digits and single hyphens. */
export function tagSlug(tag: string): string {
  const latin = tag
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '');
  return latin || Array.from(tag, (character) => character.codePointAt(0)?.toString(36)).join('-');
}
