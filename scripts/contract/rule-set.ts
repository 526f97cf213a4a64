import { type Config, createConfig, lintConfig, loadConfig, YamlParseError } from '@redocly/openapi-core';
import { displayPath, withRelativePaths } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import contractPlugin from './rules/index.ts';
import { parseErrorToFinding, toFindings } from './to-finding.ts';

/**
 * Loads the rules of a redocly.yaml and its plugins.
 *
 * @throws {Failure} if the file is missing or invalid, or a plugin cannot be loaded
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
  // The message contains the stack of the plugin's error; the first line is its message.
  const [reason = ''] = (error as Error).message.split('\n');
  return `: ${withRelativePaths(reason)}\nFix it and run the command again.`;
}

/** Checks the redocly.yaml itself: a rule with a misspelled name would silently never run. */
export async function lintRuleSet(config: Config): Promise<Finding[]> {
  return toFindings(await lintConfig({ config }));
}

/** What any OpenAPI document must satisfy so that code can be generated from it; nothing about style. */
export function structuralRuleSet(): Promise<Config> {
  return createConfig({
    plugins: [contractPlugin()],
    rules: {
      struct: 'error',
      'no-unresolved-refs': 'error',
      'operation-parameters-unique': 'error',
    },
  });
}
