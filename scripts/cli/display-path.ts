import { isAbsolute, relative, sep } from 'node:path';

/**
 * A path as a person would type it, with forward slashes: relative to the working directory, unless that is longer.
 * URLs are unchanged.
 */
export function displayPath(path: string): string {
  if (!isAbsolute(path)) return path;
  const fromHere = relative(process.cwd(), path) || '.';
  return (fromHere.length <= path.length ? fromHere : path).replaceAll(sep, '/');
}

/** A message of a library, with absolute paths replaced by paths relative to the working directory. */
export function withRelativePaths(message: string): string {
  return message.replaceAll(`${process.cwd()}${sep}`, '');
}
