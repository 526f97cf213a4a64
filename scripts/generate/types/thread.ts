import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { compiledFolder } from '../../cli/project.ts';

/**
 * A thread of its own for the types: it loads TypeScript, the largest of the libraries, while the contract is still
 * being read and linted.
 */
export class TypesThread {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), {
    // In its environment, because worker.ts itself is to be found compiled: see compile-cache.js.
    env: { ...process.env, NODE_COMPILE_CACHE: compiledFolder },
  });
  #message = this.#nextMessage();
  #asked = false;

  /** Whether it can be asked: not before its first message, and never after it has failed. */
  get idle(): boolean {
    return !this.#asked;
  }

  /** @see emitTypes and checkTypes, which it must pass */
  async emit(document: object): Promise<string> {
    this.#asked = true;
    this.#worker.postMessage(document);
    const [types] = await this.#message;
    this.#message = this.#nextMessage();
    this.#asked = false;
    return types;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #nextMessage(): Promise<[string]> {
    const message = once(this.#worker, 'message') as Promise<[string]>;
    // A failure of the thread is reported by `emit`, or not at all when the contract failed before.
    message.catch(() => {});
    return message;
  }
}
