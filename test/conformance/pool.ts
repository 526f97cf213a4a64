import { Worker } from 'node:worker_threads';
import type { Verdict } from './assess.ts';
import type { PublishedContract } from './contracts.ts';

/** Milliseconds for one contract, generated and compiled. */
const timeLimit = 120_000;

/** Megabytes for a thread. */
const memoryLimit = 4_000;

/** Contracts that one thread takes: a new one starts with empty memory. */
const turns = 40;

/**
 * Assesses contracts in separate threads, which may hang or run out of memory.
 *
 * @param onVerdict called for each as it is there, in the order in which they end
 */
export async function judgeAll(
  contracts: PublishedContract[],
  threads: number,
  onVerdict: (verdict: Verdict) => void,
): Promise<void> {
  const waiting = [...contracts];
  await Promise.all(
    Array.from({ length: threads }, async () => {
      while (waiting.length > 0) await runThread(waiting, onVerdict);
    }),
  );
}

function runThread(waiting: PublishedContract[], onVerdict: (verdict: Verdict) => void): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./assess.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryLimit },
    });
    let current: PublishedContract | undefined;
    let timer: NodeJS.Timeout | undefined;
    let left = turns;
    const end = () => {
      clearTimeout(timer);
      void worker.terminate().then(() => resolve());
    };
    const next = () => {
      clearTimeout(timer);
      current = left-- > 0 ? waiting.shift() : undefined;
      if (!current) return end();
      timer = setTimeout(() => fail(`no end within ${timeLimit / 1_000} s`), timeLimit);
      worker.postMessage(current);
    };
    const fail = (fault: string) => {
      const { name = '' } = current ?? {};
      onVerdict({
        name,
        fault,
        operations: 0,
        skipped: [],
        different: [],
        compilerErrors: [],
        duration: timeLimit,
      });
      end();
    };
    worker.on('message', (verdict: Verdict) => {
      onVerdict(verdict);
      next();
    });
    worker.on('error', (error) => fail(String(error)));
    next();
  });
}
