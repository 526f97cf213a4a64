import {
  type Config,
  ConfigValidationError,
  createConfig,
  lintConfig,
  loadConfig,
} from '@redocly/openapi-core';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { toFinding } from './to-finding.ts';

/**
 * The rules of a redocly.yaml, its plugins loaded and the file itself checked: a rule whose name is misspelt would
 * otherwise simply never speak.
 *
 * @throws {Failure} when the file is missing, is no valid configuration, or a plugin of it does not load
 */
export async function loadRuleSet(configPath: string): Promise<Config> {
  const config = await loadConfig({ configPath }).catch((error: unknown) => {
    if (error instanceof ConfigValidationError) throw error;
    // The core puts the stack of a plugin's error into the message; its first line says what is wrong.
    const [reason] = (error as Error).message.split('\n');
    throw new Failure(
      `${displayPath(configPath)} could not be loaded: ${reason}\nMend it and run the command again.`,
    );
  });
  const problems = await lintConfig({ config });
  if (problems.length > 0) {
    throw new Failure(
      `${displayPath(configPath)} is not a valid configuration. Mend it and run the command again.`,
      {
        findings: problems.map(toFinding),
      },
    );
  }
  return config;
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
