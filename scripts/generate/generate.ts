import { usePackedLibraries } from '../cli/packed-libraries.ts';
import type { RunStep } from '../cli/steps.ts';
import type { Generated } from './from-contract.ts';
import type { Target } from './target.ts';

/**
 * Lints and bundles a contract and generates all output, in memory. Imports the libraries only now, so that a run
 * without changes does not load them.
 *
 * @throws {Failure} if the contract has findings; for the project's own contract, also if it has warnings
 */
export async function generate(target: Target, step: RunStep): Promise<Generated> {
  const { generateFrom } = await step('load', importGenerator);
  return await generateFrom(target, step);
}

async function importGenerator(): Promise<typeof import('./from-contract.ts')> {
  await usePackedLibraries();
  return await import('./from-contract.ts');
}
