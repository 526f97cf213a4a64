import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Files } from './files.ts';

/**
 * Replaces the contents of `folder` by `files`.
 *
 * Writes a new folder next to the old one and swaps them, instead of writing file by file: types, client and bundle
 * belong together, so a killed process must not leave a mix of old and new files. Node cannot exchange two folders in
 * one call, so between the two renames the folder is missing for an instant. Its old contents are next to it then, and
 * `restoreFolder` moves them back.
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
    // Not empty: another run has written the folder in the meantime. Replace it.
    while (!renameUnless('ENOTEMPTY', next, folder)) rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (hadFolder) renameSync(previous, folder);
    throw error;
  }
}

/** Renames a path and returns true, or returns false if that fails with `code`. */
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
 * Restores the old folder if a run was killed in the instant between the two renames. Call it first, so that a run
 * which fails later leaves the folder as it was.
 */
export function restoreFolder(folder: string): void {
  const previous = leftovers(folder).find((path) => path.endsWith('.previous'));
  if (previous !== undefined && !existsSync(folder)) renameSync(previous, folder);
}

function removeLeftovers(folder: string): void {
  for (const path of leftovers(folder)) rmSync(path, { recursive: true, force: true });
}

/** The folders that killed processes have left next to the folder; not those of a process that is still running. */
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
