import { type Config, createConfig, lintConfig, loadConfig, YamlParseError } from '@redocly/openapi-core';
import { displayPath, withRelativePaths } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import { parseErrorToFinding, toFindings } from './to-finding.ts';

/**
 * The rules of a redocly.yaml, its plugins loaded.
 *
 * @throws {Failure} when the file is missing or does not parse, or a plugin of it does not load
 */
export async function loadRuleSet(configPath: string): Promise<Config> {
  return loadConfig({ configPath }).catch((error: unknown) => {
    throw new Failure(`${displayPath(configPath)} could not be loaded${describeCause(error)}`, {
      findings: error instanceof YamlParseError ? [parseErrorToFinding(error)] : [],
    });
  });
}

function describeCause(error: unknown): string {
  if (error instanceof YamlParseError) return '.';
  // The core puts the stack of a plugin's error into the message; its first line says what is wrong.
  const [reason = ''] = (error as Error).message.split('\n');
  return `: ${withRelativePaths(reason)}\nMend it and run the command again.`;
}

/** The faults of the redocly.yaml itself: a rule whose name is misspelt would otherwise simply never speak. */
export async function lintRuleSet(config: Config): Promise<Finding[]> {
  return toFindings(await lintConfig({ config }));
}

/** What any OpenAPI document must satisfy so that code can be generated from it; nothing about style. */
export function structuralRuleSet(): Promise<Config> {
  return createConfig({
    rules: {
      struct: 'error',
      'no-unresolved-refs': 'error',
      'operation-parameters-unique': 'error',
    },
  });
}
