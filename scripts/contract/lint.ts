import { lintDocument } from '@redocly/openapi-core';
import type { Finding } from './finding.ts';
import type { OpenContract } from './open.ts';
import { toFinding } from './to-finding.ts';

/** Checks the whole contract, following every `$ref`. Findings come in the order of their severity, then place. */
export async function lintContract({ document, config, resolver }: OpenContract): Promise<Finding[]> {
  const problems = await lintDocument({ document, config, externalRefResolver: resolver });
  return problems
    .filter((problem) => !problem.ignored)
    .map(toFinding)
    .sort((a, b) => a.severity.localeCompare(b.severity) || a.file.localeCompare(b.file) || a.line - b.line);
}
