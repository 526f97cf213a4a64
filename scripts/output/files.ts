import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Text of each file by its path within a folder, with forward slashes. */
export type Files = Map<string, string>;

/** Paths of all files beneath a folder, relative to it, with forward slashes and sorted. None if it is missing. */
export function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** All files beneath a folder. */
export function readFiles(folder: string): Files {
  return new Map(listFiles(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
