import { lintDocument } from '@redocly/openapi-core';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import { isFalseAlarm } from './false-alarms.ts';
import { isHarmless } from './harmless.ts';
import type { OpenContract } from './open.ts';
import { toFindings, toleratedToFinding } from './to-finding.ts';

/**
 * Checks the whole contract and resolves every `$ref`.
 *
 * @throws {Failure} if a `$ref` leads back to itself, as nothing can be checked then
 */
export async function lintContract(contract: OpenContract): Promise<Finding[]> {
  const { document, config, resolver, decides } = contract;
  const problems = await lintDocument({ document, config, externalRefResolver: resolver }).catch(
    (error: Error) => {
      if (!error.message.includes('circular pointer')) throw error;
      throw new Failure(
        'The contract has a $ref that leads back to itself, such as a schema A that is only a $ref to B while B is only a $ref to A. Give one of them its own content.',
      );
    },
  );
  const faults = problems.filter((problem) => !isFalseAlarm(problem, document));
  const found = [...toFindings(faults, resolver), ...resolver.tolerated.map(toleratedToFinding)];
  return decides
    ? found
    : found.map((finding) => (isHarmless(finding) ? { ...finding, severity: 'warning' } : finding));
}
