import { isAbsolute, relative, sep } from 'node:path';

/** A path as a person would type it here: relative to the working directory, with forward slashes. URLs stay. */
export function displayPath(path: string): string {
  if (!isAbsolute(path)) return path;
  return relative(process.cwd(), path).replaceAll(sep, '/') || '.';
}

/** A message of a library, with its absolute paths made relative to the working directory. */
export function withRelativePaths(message: string): string {
  return message.replaceAll(`${process.cwd()}${sep}`, '');
}
