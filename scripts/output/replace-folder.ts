import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Files } from './files.ts';

/**
 * Puts `files`, and nothing else, into `folder`.
 *
 * The whole folder is written beside its place and moved in, rather than file by file: types, client and bundle belong
 * together, and whoever finds the folder after the process was killed must never meet the new half of one and the old
 * half of another. Between the two renames the folder is missing for an instant; what stood there is then still beside
 * it, and the next run writes it anew.
 */
export function replaceFolder(folder: string, files: Files): void {
  mkdirSync(dirname(folder), { recursive: true });
  removeLeftovers(folder);
  const next = siblingOf(folder, 'next');
  const previous = siblingOf(folder, 'previous');
  try {
    for (const [name, text] of files) {
      mkdirSync(dirname(join(next, name)), { recursive: true });
      writeFileSync(join(next, name), text);
    }
    swapIn(folder, next, previous);
  } finally {
    rmSync(next, { recursive: true, force: true });
    rmSync(previous, { recursive: true, force: true });
  }
}

function siblingOf(folder: string, role: 'next' | 'previous'): string {
  return join(dirname(folder), `.${basename(folder)}.${process.pid}.${role}`);
}

function swapIn(folder: string, next: string, previous: string): void {
  const hadFolder = renameUnless('ENOENT', folder, previous);
  try {
    // Not empty: another run was faster. Its folder is replaced as ours would have been had it come first.
    while (!renameUnless('ENOTEMPTY', next, folder)) rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (hadFolder) renameSync(previous, folder);
    throw error;
  }
}

/** Renames and returns true, or returns false when it cannot be done for the reason `code`. */
function renameUnless(code: 'ENOENT' | 'ENOTEMPTY', from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return false;
    throw error;
  }
}

/** What a run that was killed has left beside the folder. A run that is still alive keeps its own. */
function removeLeftovers(folder: string): void {
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}.`;
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue;
    const [, pid] = /^(\d+)\.(?:next|previous)$/.exec(name.slice(prefix.length)) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
