import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The text of each file, by its path relative to a folder, with forward slashes. */
export type Files = Map<string, string>;

/**
 * The paths of all files in a folder and its subfolders, relative to it, with forward slashes, sorted. Empty if the
 * folder is missing.
 */
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

/** Reads all files in a folder and its subfolders. */
export function readFiles(folder: string): Files {
  return new Map(listFiles(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
