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
  const types = new TypesThread();
  try {
    const { generateFrom } = await step('load', importGenerator);
    return await generateFrom(target, types, step);
  } finally {
    await types.close();
  }
}

async function importGenerator(): Promise<typeof import('./from-contract.ts')> {
  await usePackedLibraries();
  return import('./from-contract.ts');
}
