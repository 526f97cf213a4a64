import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, lint, YamlParseError } from '@redocly/openapi-core';
import type { Finding } from '../cli/finding.ts';
import { parseErrorToFinding, toFindings } from './to-finding.ts';

/** Checks each Arazzo document of a folder, down to the operations of the contract that it calls. */
export async function lintWorkflows(folder: string, config: Config): Promise<Finding[]> {
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
