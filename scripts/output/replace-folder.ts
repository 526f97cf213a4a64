import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Files } from './files.ts';

/**
 * Puts `files`, and nothing else, into `folder`.
 *
 * The whole folder is written beside its place and moved in, rather than file by file: types, client and bundle belong
 * together, and whoever finds the folder after the process was killed must never meet the new half of one and the old
 * half of another. Node has no call that exchanges two folders, so between the two renames the folder is missing for an
 * instant; what stood there is then beside it, and `restoreFolder` puts it back.
 */
export function replaceFolder(folder: string, files: Files): void {
  mkdirSync(dirname(folder), { recursive: true });
  restoreFolder(folder);
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

/**
 * Puts back what stood in the folder when a run was killed in the instant between the two renames. To be called before
 * anything else, as a run that then fails must find, and leave, the folder as it was.
 */
export function restoreFolder(folder: string): void {
  const previous = leftovers(folder).find((path) => path.endsWith('.previous'));
  if (previous !== undefined && !existsSync(folder)) renameSync(previous, folder);
}

/** A run that is still alive keeps its own. */
function removeLeftovers(folder: string): void {
  for (const path of leftovers(folder)) rmSync(path, { recursive: true, force: true });
}

/** Paths of what runs that were killed have left beside the folder. */
function leftovers(folder: string): string[] {
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}.`;
  const names = existsSync(parent) ? readdirSync(parent) : [];
  return names
    .filter((name) => {
      if (!name.startsWith(prefix)) return false;
      const [, pid] = /^(\d+)\.(?:next|previous)$/.exec(name.slice(prefix.length)) ?? [];
      return pid !== undefined && !isAlive(Number(pid));
    })
    .map((name) => join(parent, name));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
