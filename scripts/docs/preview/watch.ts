import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Long enough for an editor, or a change of branch, to have written all that belongs together. */
const settleTime = 150;

/**
 * Calls `onChange` after each change of the contract or its rules. Never twice at once: what changes while it runs
 * makes it run again afterwards.
 */
export function watchContract(
  { spec, rules }: { spec: string; rules: string },
  onChange: () => Promise<void>,
): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(onChange);
    }, settleTime);
  };
  const watchers: FSWatcher[] = [watch(dirname(spec), { recursive: true }, changed), watch(rules, changed)];
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
