import { join } from 'node:path';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { clientNames, readSource } from '../../scripts/docs/source.ts';
import { loadContract } from '../contract/contract.ts';

/** What the docs are built from. */
export const source = readSource(
  await loadContract(),
  join(toolchainRoot, 'spec/guide'),
  clientNames(toolchainRoot, join(toolchainRoot, 'generated'), 'nectar'),
);

/** A program of the guide. */
export function programOf(name: string): string {
  const program = source.programs.get(name);
  if (program === undefined) throw new Error(`The guide has no program ${name}.`);
  return program;
}
