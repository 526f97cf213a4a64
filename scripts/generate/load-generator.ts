import { usePackedLibraries } from '../cli/packed-libraries.ts';

/** Imports what is needed to generate, and only now: a run with nothing to do is over before. */
export async function loadGenerator(): Promise<typeof import('./generate.ts')> {
  await usePackedLibraries();
  return import('./generate.ts');
}
