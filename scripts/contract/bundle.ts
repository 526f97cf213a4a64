import { bundleDocument, detectSpec, getTypes } from '@redocly/openapi-core';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import { renameComponents } from './component-names.ts';
import { isHarmless } from './harmless.ts';
import type { OpenContract } from './open.ts';
import { toFindings } from './to-finding.ts';

/** A contract in one document. */
export interface Bundle {
  bundle: object;
  /** What could not be followed, but is in the way of nothing. */
  warnings: Finding[];
}

/**
 * Joins the files of a contract into one document. It is built from the parsed files in place, so the contract must
 * have been linted before.
 *
 * @param foreign whether it is the contract of another team: a component whose name is taken gets another
 * @throws {Failure} when two files claim the same component name, or a `$ref` cannot be followed
 */
export async function bundleContract(
  { document, config, resolver }: OpenContract,
  foreign = false,
): Promise<Bundle> {
  const { bundle, problems } = await bundleDocument({
    document,
    config,
    externalRefResolver: resolver,
    types: getTypes(detectSpec(document.parsed)),
    componentRenamingConflicts: foreign ? 'off' : 'error',
  });
  const found = toFindings(problems, resolver.getFiles());
  const warnings = foreign ? found.filter(isHarmless) : [];
  const findings = found.filter((finding) => !warnings.includes(finding));
  if (findings.length > 0) throw new Failure('The contract could not be bundled.', { findings });
  renameComponents(bundle.parsed as object);
  return { bundle: bundle.parsed as object, warnings };
}
