import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Long enough, in milliseconds, for an editor to have written all that belongs together. */
const settleTime = 50;

export interface Watcher {
  /** Resolves when no `onChange` runs any more. */
  close(): Promise<void>;
}

/**
 * Calls `onChange` after each change in the folders, all that is beneath them included, and of the files. Never twice at
 * once: a change during a run starts another run after it. Hidden files and node_modules/ are left out.
 *
 * @param paths absolute paths of folders and files
 * @param except a folder whose changes do not count
 */
export function watchPaths(paths: string[], onChange: () => Promise<void>, except?: string): Watcher {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const files = paths.filter((path) => !statSync(path).isDirectory());
  const roots = paths.filter((path) => !files.includes(path));
  // One per folder: what Node itself calls recursive goes deaf on Linux once a file was replaced by another.
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
    // It was removed just now.
    return [];
  }
}

function isNoise(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}
