import { usePackedLibraries } from '../cli/packed-libraries.ts';
import type { RunStep } from '../cli/steps.ts';
import type { Generated } from './from-contract.ts';
import type { Target } from './target.ts';
import { TypesThread } from './types/thread.ts';

/**
 * Lints and bundles a contract and makes everything that follows from it, in memory. The libraries are imported only
 * now, so that a run with nothing to do is over before.
 *
 * @throws {Failure} when the contract has findings; the project's own contract must not even have warnings
 */
export async function generate(target: Target, step: RunStep): Promise<Generated> {
  const generator = new Generator();
  try {
    return await generator.run(target, step);
  } finally {
    await generator.close();
  }
}

/** Generates as often as it is told to, one run after the other; what it has loaded stays. */
export class Generator {
  #types = new TypesThread();

  /** @see generate */
  async run(target: Target, step: RunStep): Promise<Generated> {
    if (!this.#types.idle) {
      await this.#types.close();
      this.#types = new TypesThread();
    }
    const { generateFrom } = await step('load', importGenerator);
    return await generateFrom(target, this.#types, step);
  }

  async close(): Promise<void> {
    await this.#types.close();
  }
}

let imported: Promise<typeof import('./from-contract.ts')> | undefined;

function importGenerator(): Promise<typeof import('./from-contract.ts')> {
  imported ??= usePackedLibraries().then(() => import('./from-contract.ts'));
  return imported;
}
