import type { Files } from './files.ts';

/** A difference between a folder and its wanted contents. */
export interface Change {
  kind: 'missing' | 'different' | 'extra';
  /** Path relative to the folder. */
  name: string;
}

/** The changes that turn `current` into `wanted`, sorted by path. */
export function compareFiles(current: Files, wanted: Files): Change[] {
  const changes: Change[] = [];
  for (const name of new Set([...wanted.keys(), ...current.keys()])) {
    if (!wanted.has(name)) changes.push({ kind: 'extra', name });
    else if (!current.has(name)) changes.push({ kind: 'missing', name });
    else if (current.get(name) !== wanted.get(name)) changes.push({ kind: 'different', name });
  }
  return changes.sort((a, b) => (a.name < b.name ? -1 : 1));
}
