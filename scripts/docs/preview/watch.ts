import { watch } from 'node:fs';
import { dirname } from 'node:path';

/** Long enough for an editor, or a change of branch, to have written all that belongs together. */
const settleTime = 150;

/**
 * Calls `onChange` after each change in the folder of the contract. Never twice at once: what changes while it runs
 * makes it run again afterwards.
 *
 * @param spec the first file of the contract
 */
export function watchContract(spec: string, onChange: () => Promise<void>): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const watcher = watch(dirname(spec), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(onChange);
    }, settleTime);
  });
  return {
    close() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
