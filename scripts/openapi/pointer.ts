/** The JSON pointer to a place in a document, with its `#`. */
export function pointerTo(...keys: string[]): string {
  return ['#', ...keys.map(escapePointer)].join('/');
}

export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function unescapePointer(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
