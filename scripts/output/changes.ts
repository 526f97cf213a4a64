import type { Files } from './files.ts';

/** How a folder differs from what belongs there. */
export interface Change {
  kind: 'missing' | 'different' | 'extra';
  /** Path within the folder. */
  name: string;
}

/** The files of `current` that must be added, changed or removed to become `wanted`, sorted by name. */
export function compareFiles(current: Files, wanted: Files): Change[] {
  const changes: Change[] = [];
  for (const name of new Set([...wanted.keys(), ...current.keys()])) {
    if (!wanted.has(name)) changes.push({ kind: 'extra', name });
    else if (!current.has(name)) changes.push({ kind: 'missing', name });
    else if (current.get(name) !== wanted.get(name)) changes.push({ kind: 'different', name });
  }
  return changes.sort((a, b) => (a.name < b.name ? -1 : 1));
}
