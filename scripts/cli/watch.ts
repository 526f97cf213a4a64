import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Milliseconds to wait for further changes, so that an editor has written all files that belong together. */
const settleTime = 50;

export interface Watcher {
  /** Stops watching. Resolves when a running `onChange` has ended. */
  close(): Promise<void>;
}

/**
 * Calls `onChange` after each change of the files, and in the folders and their subfolders. Calls do not overlap: a
 * change during a call leads to another call after it. Hidden files and node_modules/ are ignored.
 *
 * @param paths absolute paths of folders and files
 * @param except a folder whose changes are ignored
 */
export function watchPaths(paths: string[], onChange: () => Promise<void>, except?: string): Watcher {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const files = paths.filter((path) => !statSync(path).isDirectory());
  const roots = paths.filter((path) => !files.includes(path));
  // One watcher per folder: on Linux, a recursive one of Node reports nothing more after a file was replaced.
  const watchers = new Map<string, FSWatcher>();

  const watchFolders = () => {
    const folders = new Set(roots.flatMap((folder) => foldersBeneath(folder, except)));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (!watchers.has(folder))
        watchers.set(
          folder,
          watch(folder, (_event, name) => note(folder, name)),
        );
    }
  };
  const note = (folder: string, name: string | null) => {
    if (name !== null && (isNoise(name) || join(folder, name) === except)) return;
    watchFolders();
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(onChange);
    }, settleTime);
  };

  watchFolders();
  const fileWatchers = files.map((file) =>
    watch(dirname(file), (_event, name) => {
      if (name === basename(file)) note(dirname(file), name);
    }),
  );
  return {
    async close() {
      clearTimeout(timer);
      for (const watcher of [...watchers.values(), ...fileWatchers]) watcher.close();
      await running;
    },
  };
}

function foldersBeneath(folder: string, except: string | undefined): string[] {
  if (folder === except) return [];
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    const within = entries.filter((entry) => entry.isDirectory() && !isNoise(entry.name));
    return [folder, ...within.flatMap(({ name }) => foldersBeneath(join(folder, name), except))];
  } catch {
    // The folder has been removed in the meantime.
    return [];
  }
}

function isNoise(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}
