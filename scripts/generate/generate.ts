import type { Target } from '../cli/apis.ts';
import type { RunStep } from '../cli/steps.ts';
import type { Generated } from './from-contract.ts';

/**
 * Lints and bundles a contract and generates all output, in memory. Imports the libraries only now, so that a run
 * without changes does not load them.
 *
 * @throws {Failure} if the contract has errors
 */
export async function generate(target: Target, step: RunStep): Promise<Generated> {
  const { generateFrom } = await step('load', () => import('./from-contract.ts'));
  return await generateFrom(target, step);
}
