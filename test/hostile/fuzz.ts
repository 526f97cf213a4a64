import { Worker } from 'node:worker_threads';
import type { Batch, BatchReport } from './batch.ts';

/** Milliseconds for one contract, or for the compiler and a whole batch. */
const timeLimit = 600_000;

/** Megabytes for a thread: what needs more would need ever more. */
const memoryLimit = 2_000;

/** Contracts per thread: the compiler takes them together. */
const batchSize = 100;

/**
 * Generates from contracts that were changed at random. Each must be refused with a sentence, or give code that
 * compiles under strict, within the limits of time and memory; what does neither is a fault.
 *
 * @param seed number of the first contract; each number stands for the same contract as long as the originals do
 */
export async function fuzz(runs: number, seed: number): Promise<BatchReport> {
  const total: BatchReport = { refused: 0, generated: 0, faults: [] };
  const end = seed + runs;
  for (let next = seed; next < end; ) {
    const batch = { first: next, end: Math.min(next + batchSize, end) };
    const { report, last } = await runBatch(batch);
    total.refused += report.refused;
    total.generated += report.generated;
    total.faults.push(...report.faults);
    next = last + 1;
  }
  return total;
}

/** Ends the thread that has come to no end of its own; the contracts after the last one are then still to be tried. */
function runBatch(batch: Batch): Promise<{ report: BatchReport; last: number }> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./batch.ts', import.meta.url), {
      workerData: batch,
      resourceLimits: { maxOldGenerationSizeMb: memoryLimit },
    });
    let last = batch.first;
    const fail = (reason: string) =>
      end({ refused: 0, generated: 0, faults: [`contract ${last}: ${reason}`] });
    const hang = () => fail(`no end within ${timeLimit / 1_000} s`);
    let timer = setTimeout(hang, timeLimit);
    const end = (report: BatchReport) => {
      clearTimeout(timer);
      void worker.terminate().then(() => resolve({ report, last }));
    };
    worker.on('message', (message: number | BatchReport) => {
      if (typeof message !== 'number') return end(message);
      last = message;
      clearTimeout(timer);
      timer = setTimeout(hang, timeLimit);
    });
    worker.on('error', (error) => fail(String(error)));
  });
}
