import { type Config, createConfig, lintConfig, loadConfig, YamlParseError } from '@redocly/openapi-core';
import type { Api } from '../cli/apis.ts';
import { displayPath, withRelativePaths } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import { correctTypes } from './false-alarms.ts';
import { parseErrorToFinding, toFindings } from './to-finding.ts';

/** What the linter does not know of OpenAPI, for every contract. */
const plugins = [{ id: 'openapi-once', typeExtension: { oas3: correctTypes } }];

/** What any OpenAPI document must satisfy so that code can be generated from it; nothing about style. */
const structure = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'operation-parameters-unique': 'error',
} as const;

/** The rules for a contract, and whether they decide which findings are errors. */
export interface RuleSet {
  config: Config;
  /** Otherwise, a finding is an error if it would make the code wrong. */
  decides: boolean;
}

/** @throws {Failure} if the rules are those of redocly.yaml, and it is missing or invalid, or a plugin cannot be loaded */
export async function ruleSetFor({
  lint,
  config,
  name,
}: Pick<Api, 'lint' | 'config' | 'name'>): Promise<RuleSet> {
  if (lint === 'recommended')
    return { config: await createConfig({ extends: ['recommended'] }, { plugins }), decides: true };
  if (lint === 'project' && config !== undefined) {
    const rules = (await loadProject(config)).forAlias(name);
    if (Object.keys(rules.rules.oas3_1).length > 0) return { config: rules, decides: true };
  }
  return structuralRuleSet();
}

export async function structuralRuleSet(): Promise<RuleSet> {
  return { config: await createConfig({ rules: structure }, { plugins }), decides: false };
}

/**
 * Loads a redocly.yaml and its plugins.
 *
 * @throws {Failure} if it is invalid, or a plugin cannot be loaded
 */
export async function loadProject(configPath: string): Promise<Config> {
  return loadConfig({ configPath, plugins }).catch((error: unknown) => {
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
