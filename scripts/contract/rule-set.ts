import { type Config, createConfig, lintConfig, loadConfig, YamlParseError } from '@redocly/openapi-core';
import { displayPath, withRelativePaths } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { parseErrorToFinding, toFindings } from './to-finding.ts';

/**
 * The rules of a redocly.yaml, its plugins loaded and the file itself checked: a rule whose name is misspelt would
 * otherwise simply never speak.
 *
 * @throws {Failure} when the file is missing, is no valid configuration, or a plugin of it does not load
 */
export async function loadRuleSet(configPath: string): Promise<Config> {
  const config = await loadConfig({ configPath }).catch((error: unknown) => {
    throw new Failure(`${displayPath(configPath)} could not be loaded${describeCause(error)}`, {
      findings: error instanceof YamlParseError ? [parseErrorToFinding(error)] : [],
    });
  });
  const problems = await lintConfig({ config });
  if (problems.length > 0) {
    const findings = toFindings(problems);
    throw new Failure(`${displayPath(configPath)} is not a valid configuration.`, { findings });
  }
  return config;
}

function describeCause(error: unknown): string {
  if (error instanceof YamlParseError) return '.';
  // The core puts the stack of a plugin's error into the message; its first line says what is wrong.
  const [reason = ''] = (error as Error).message.split('\n');
  return `: ${withRelativePaths(reason)}\nMend it and run the command again.`;
}

/** What any OpenAPI document must keep so that code can be made from it; nothing about style. */
export function structuralRuleSet(): Promise<Config> {
  return createConfig({
    rules: {
      struct: 'error',
      'no-unresolved-refs': 'error',
      'operation-operationId-unique': 'error',
    },
  });
}
