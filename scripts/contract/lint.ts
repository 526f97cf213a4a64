import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, lint, lintDocument, YamlParseError } from '@redocly/openapi-core';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import { isFalseAlarm } from './false-alarms.ts';
import { isHarmless } from './harmless.ts';
import type { OpenContract } from './open.ts';
import { parseErrorToFinding, toFindings, toleratedToFinding } from './to-finding.ts';

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
  const found = [...toFindings(faults, resolver.getFiles()), ...resolver.tolerated.map(toleratedToFinding)];
  return decides
    ? found
    : found.map((finding) => (isHarmless(finding) ? { ...finding, severity: 'warning' } : finding));
}

/** Checks each Arazzo document of a folder, if there is one, including the operations of the contract that it calls. */
export async function lintWorkflows(folder: string, config: Config): Promise<Finding[]> {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.arazzo.yaml'));
  const findings = await Promise.all(files.map((name) => lintWorkflow(join(folder, name), config)));
  return findings.flat();
}

async function lintWorkflow(file: string, config: Config): Promise<Finding[]> {
  try {
    return toFindings(await lint({ ref: file, config }));
  } catch (error) {
    if (!(error instanceof YamlParseError)) throw error;
    return [parseErrorToFinding(error)];
  }
}
