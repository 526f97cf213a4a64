import { chooseApis, type Target, targetFor, targetOf } from './cli/apis.ts';
import { Failure } from './cli/failure.ts';
import type { Finding } from './cli/finding.ts';
import { silentStep } from './cli/steps.ts';
import { generate } from './generate/generate.ts';
import { replaceOutput } from './generate/update-output.ts';
import { openRoundTrips, type RoundTrip, type RoundTrips } from './mock/round-trips.ts';
import type { Change } from './output/changes.ts';

export type { Change, Finding, RoundTrip, RoundTrips };
export { Failure, openRoundTrips };

/** A contract that is not in redocly.yaml. */
export interface OtherContract {
  /** The path of its first file, or its https address. */
  spec: string;
  /** The folder for the output, which is replaced as a whole. */
  out: string;
  /** How it is checked: its structure alone, or by Redocly's recommended rules. @default 'off' */
  lint?: 'off' | 'recommended';
  /** The path of an OpenAPI Overlay. */
  overlay?: string;
  /** The operations to generate, as for `--only`. @default all */
  only?: string;
  /** How relative imports end. @default what works by the tsconfig.json above `out` */
  extension?: 'ts' | 'js' | 'none';
  /** Whether it, or a `$ref` of it, may be on a server, and a `$ref` may lead out of its folder. @default false */
  allowRemote?: boolean;
}

/** What was generated for one contract. */
export interface Generation {
  /** Its name in redocly.yaml; undefined for another contract. */
  name: string | undefined;
  /** The absolute path of the output folder. */
  out: string;
  /** The files that were written or removed. */
  changes: Change[];
  warnings: Finding[];
  /** What the project has to change so that the output compiles there, in sentences. */
  needs: string[];
}

/**
 * Generates the types and clients of contracts, like the command `gen`, and prints nothing.
 *
 * @param contracts names in the redocly.yaml of the working directory or above it, all without names; or another contract
 * @throws {Failure} with the findings, for the first contract that has errors; nothing is written for that one
 */
export async function gen(contracts: readonly string[] | OtherContract = []): Promise<Generation[]> {
  const targets: Target[] =
    'spec' in contracts
      ? [targetFor(contracts.spec, contracts.out, contracts)]
      : chooseApis(contracts).map(targetOf);
  const generations: Generation[] = [];
  for (const target of targets) {
    const { files, warnings, needs } = await generate(target, silentStep);
    const changes = replaceOutput(target, files);
    generations.push({ name: target.name, out: target.out, changes, warnings, needs });
  }
  return generations;
}
