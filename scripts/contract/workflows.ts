import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BaseResolver, type Config, type Document, lint, YamlParseError } from '@redocly/openapi-core';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import { nearest } from '../cli/nearest.ts';
import type { Document as OpenApi } from '../openapi/document.ts';
import { operationsOf } from '../openapi/operations.ts';
import { bundleContract } from './bundle.ts';
import { openContract } from './open.ts';
import { structuralRuleSet } from './rule-set.ts';
import { parseErrorToFinding, toFindings, warningToFinding } from './to-finding.ts';

/** Checks each Arazzo document of a folder, if there is one, and that the operations which it calls exist. */
export async function lintWorkflows(folder: string, config: Config): Promise<Finding[]> {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.arazzo.yaml'));
  const findings = await Promise.all(files.map((name) => lintWorkflow(join(folder, name), config)));
  return findings.flat();
}

async function lintWorkflow(file: string, config: Config): Promise<Finding[]> {
  try {
    const findings = toFindings(await lint({ ref: file, config }));
    // Its structure comes first.
    return findings.length > 0 ? findings : await findUnknownOperations(file);
  } catch (error) {
    if (!(error instanceof YamlParseError)) throw error;
    return [parseErrorToFinding(error)];
  }
}

/** The parts of an Arazzo document that lead to operations. */
interface Arazzo {
  sourceDescriptions: { name: string; type?: string; url: string }[];
  workflows: { steps: { operationId?: string; operationPath?: string }[] }[];
}

async function findUnknownOperations(file: string): Promise<Finding[]> {
  const { parsed, source } = (await new BaseResolver().resolveDocument(null, file)) as Document;
  const { sourceDescriptions, workflows } = parsed as Arazzo;
  const findings: Finding[] = [];
  const report = (pointer: string, message: string, advice: string) => {
    const finding = warningToFinding(source, pointer, message);
    findings.push({ ...finding, severity: 'error', rule: 'workflow-operations', advice });
  };
  /** The operationIds of each source; undefined if it is not known. */
  const known = new Map<string, string[] | undefined>();
  for (const [index, { name, type = 'openapi', url }] of sourceDescriptions.entries())
    try {
      const isFile = type === 'openapi' && !/^https?:/.test(url);
      known.set(name, isFile ? await operationIdsOf(resolve(dirname(file), url)) : undefined);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      known.set(name, undefined);
      report(`#/sourceDescriptions/${index}/url`, error.message, 'Correct the path or the contract.');
    }
  for (const [workflow, { steps }] of workflows.entries())
    for (const [step, { operationId }] of steps.entries()) {
      if (operationId === undefined) continue;
      const [, named, id = operationId] = /^\$sourceDescriptions\.([^.]+)\.(.+)$/.exec(operationId) ?? [];
      const all = named === undefined ? [...known.values()] : [known.get(named)];
      if (all.some((ids) => ids === undefined || ids.includes(id))) continue;
      const meant = nearest(
        id,
        all.flatMap((ids) => ids ?? []),
      );
      report(
        `#/workflows/${workflow}/steps/${step}/operationId`,
        `There is no operation ${id}${named ? ` in ${named}` : ''}.`,
        meant ? `Did you mean ${meant}?` : 'Write the operationId of an operation of the contract.',
      );
    }
  return findings;
}

async function operationIdsOf(file: string): Promise<string[]> {
  const contract = await openContract(file, await structuralRuleSet());
  const { bundle } = await bundleContract(contract);
  return operationsOf(bundle as OpenApi).flatMap(({ object }) => object.operationId ?? []);
}
