import { usePackedLibraries } from '../cli/packed-libraries.ts';
import type { RunStep } from '../cli/steps.ts';
import type { Generated } from './from-contract.ts';
import type { Target } from './target.ts';

/**
 * Lints and bundles a contract and generates everything that follows from it, in memory. The libraries are imported only
 * now, so that a run with nothing to do does not load them.
 *
 * @throws {Failure} when the contract has findings; the project's own contract must not even have warnings
 */
export async function generate(target: Target, step: RunStep): Promise<Generated> {
  const { generateFrom } = await step('load', importGenerator);
  return await generateFrom(target, step);
}

async function importGenerator(): Promise<typeof import('./from-contract.ts')> {
  await usePackedLibraries();
  return await import('./from-contract.ts');
}
