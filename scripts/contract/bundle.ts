import { bundleDocument, detectSpec, getTypes } from '@redocly/openapi-core';
import { Failure } from '../cli/failure.ts';
import type { OpenContract } from './open.ts';
import { toFindings } from './to-finding.ts';

/**
 * Joins the files of a contract into one document. It is made from the parsed files in place, so the contract must
 * have been linted before.
 *
 * @throws {Failure} when two files claim the same component name, or a `$ref` cannot be followed
 */
export async function bundleContract(
  { document, config, resolver }: OpenContract,
  rename = false,
): Promise<object> {
  const { bundle, problems } = await bundleDocument({
    document,
    config,
    externalRefResolver: resolver,
    types: getTypes(detectSpec(document.parsed)),
    componentRenamingConflicts: rename ? 'off' : 'error',
  });
  const findings = toFindings(problems, resolver.getFiles());
  if (findings.length > 0) throw new Failure('The contract could not be bundled.', { findings });
  return bundle.parsed as object;
}
