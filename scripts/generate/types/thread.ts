import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * A thread of its own for the types: it loads TypeScript, the largest of the libraries, while the contract is still
 * being read and linted.
 */
export class TypesThread {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url));
  readonly #answer = once(this.#worker, 'message');

  constructor() {
    // A failure of the thread is reported by `emit`, or not at all when the contract failed before.
    this.#answer.catch(() => {});
  }

  /** To be called once. @see emitTypes */
  async emit(document: object): Promise<string> {
    this.#worker.postMessage(document);
    const [types] = await this.#answer;
    return types;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
