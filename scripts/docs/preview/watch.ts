import { watch } from 'node:fs';

/** Long enough for an editor, or a change of branch, to have written all that belongs together. */
const settleTime = 150;

/**
 * Calls `onChange` after each change in the folders. Never twice at once: what changes while it runs makes it run again
 * afterwards.
 */
export function watchFolders(folders: string[], onChange: () => Promise<void>): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(onChange);
      }, settleTime);
    }),
  );
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
