import type { Source } from '@redocly/openapi-core';
import type { Api } from '../cli/apis.ts';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import { countFindings } from '../cli/format-findings.ts';
import { type RunStep, silentStep } from '../cli/steps.ts';
import { bundleContract } from './bundle.ts';
import { lintContract } from './lint.ts';
import { openContract } from './open.ts';
import { ruleSetFor } from './rule-set.ts';

/** A contract as one document. */
export interface Contract {
  bundle: object;
  /** The first file. */
  source: Source;
  /** Absolute path of each file. */
  sources: string[];
  /** Findings that are not errors. */
  warnings: Finding[];
}

/**
 * Reads, lints and bundles a contract. Returning only that releases the source files, which take more memory.
 *
 * @param loss what the caller does not do with a contract that has errors: `nothing was generated`
 * @throws {Failure} if it has errors
 */
export async function readContract(api: Api, loss: string, step: RunStep = silentStep): Promise<Contract> {
  const { spec, overlay, allowRemote } = api;
  const rules = await ruleSetFor(api);
  const contract = await step('read', () => openContract(spec, rules, allowRemote));
  const found = await step('lint', () => lintContract(contract));
  const warnings = found.filter(({ severity }) => severity === 'warning');
  const findings = found.filter(({ severity }) => severity === 'error');
  if (findings.length > 0)
    throw new Failure(`${displayPath(spec)} has ${countFindings(findings)}: ${loss}.`, { findings });
  const { source } = contract.document;
  const { bundle, warnings: more } = await step('bundle', () =>
    bundleContract(contract, overlay).catch((error: Error) => refuse(api, warnings, error)),
  );
  const sources = [...contract.resolver.getFiles(), ...(overlay === undefined ? [] : [overlay])];
  return { bundle, source, sources, warnings: [...warnings, ...more] };
}

/**
 * Turns an error into a message about the contract; an error of the program itself says nothing about it.
 *
 * @param warnings those of the contract, one of which may be the cause
 */
export function refuse({ spec, lint }: Api, warnings: Finding[], error: Error): never {
  if (error instanceof Failure) throw error;
  const reason =
    error.constructor === Error
      ? error.message.replace(/\.?$/, '.')
      : 'something in it is not what the generator expects, which is a bug of the generator.';
  const look = lint === 'off' ? 'Look for it with --lint recommended, or compare' : 'Compare';
  const advice =
    warnings.length > 0
      ? 'Start with the findings above.'
      : `${look} the contract with https://spec.openapis.org/oas/latest.html.`;
  throw new Failure(`No code can be generated from ${displayPath(spec)}: ${reason} ${advice}`, {
    findings: warnings,
    cause: error,
  });
}
