import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { countFindings } from '../cli/format-findings.ts';
import type { RunStep } from '../cli/steps.ts';
import { bundleContract } from '../contract/bundle.ts';
import type { Finding } from '../contract/finding.ts';
import { lintContract } from '../contract/lint.ts';
import { openContract } from '../contract/open.ts';
import { loadRuleSet, structuralRuleSet } from '../contract/rule-set.ts';
import type { Files } from '../output/files.ts';
import { emitClients } from './client/emit.ts';
import type { Skipped } from './client/operations.ts';
import { withHeader } from './header.ts';
import { printYaml } from './print-yaml.ts';
import { emitRequests } from './requests/emit.ts';
import { readRuntime } from './runtime.ts';
import { projectTarget, type Target } from './target.ts';
import type { TypesThread } from './types/thread.ts';
import { emitWebhooks } from './webhooks/emit.ts';

/** What came out of a contract, and what it was read from. */
export interface Generated {
  files: Files;
  /** Absolute path of each file of the contract and its configuration. */
  sources: string[];
  /** What is wrong in the contract, but in the way of nothing. */
  warnings: Finding[];
  /** The operations that the client has no method for. */
  skipped: Skipped[];
  /** What a person should know of the webhooks. */
  notes: string[];
}

/** @see generate */
export async function generateFrom(
  target: Target,
  types: Pick<TypesThread, 'emit'>,
  step: RunStep,
): Promise<Generated> {
  const { document, sources, warnings } = await readContract(target, step);
  const { files, skipped, notes } = await makeFiles(document, target, types, step).catch((error: Error) => {
    if (target.rules === projectTarget.rules) throw error;
    const advice =
      warnings.length > 0
        ? 'Begin with what is shown above.'
        : 'Look for it with --lint recommended, or compare the contract with https://spec.openapis.org/oas/latest.html.';
    const reason = error.message.replace(/\.?$/, '.');
    throw new Failure(`No code can be made of ${displayPath(target.spec)}: ${reason} ${advice}`, {
      findings: warnings,
      cause: error,
    });
  });
  return { files, sources, warnings, skipped, notes };
}

async function makeFiles(
  bundle: object,
  { requests }: Target,
  types: Pick<TypesThread, 'emit'>,
  step: RunStep,
) {
  const document = withWebhooks(withoutStrayPaths(bundle));
  // The types are made while the rest is. When the rest fails, what became of them is of no more interest.
  const schema = types.emit(document);
  schema.catch(() => {});
  const yaml = await step('print', () => printYaml(bundle));
  const { files: clients, skipped } = await step('client', () => emitClients(document));
  const { text: webhooks, notes } = await step('webhooks', () => emitWebhooks(document));
  const code: Files = new Map([
    ...clients,
    ...(webhooks === undefined ? [] : ([['webhooks.ts', webhooks]] as const)),
  ]);
  const files: Files = new Map([
    ...code,
    ['openapi.yaml', yaml],
    ...(requests ? ([['requests.ts', emitRequests(document)]] as const) : []),
    ['schema.ts', await step('types', () => schema)],
    ...readRuntime(code),
  ]);
  return { files: withHeader(files), skipped, notes };
}

/** Operations beneath a key that is no path, such as an extension, would be taken for operations of the contract. */
function withoutStrayPaths(document: { paths?: object }): object {
  const paths = Object.entries(document.paths ?? {}).filter(([path]) => path.startsWith('/'));
  return { ...document, paths: Object.fromEntries(paths) };
}

/** In OpenAPI 3.0, which has no webhooks, tools have agreed on an extension. */
function withWebhooks(document: { webhooks?: object; 'x-webhooks'?: object }): object {
  const { webhooks, 'x-webhooks': extension } = document;
  if (webhooks !== undefined || extension === undefined) return document;
  const items = Object.entries(extension).filter(([name, item]) => !name.startsWith('x-') && isObject(item));
  return { ...document, webhooks: Object.fromEntries(items) };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** The bundled document. The files that it was made from take more room than itself, and are given up here. */
async function readContract({ spec, rules, allowRemote }: Target, step: RunStep) {
  const config = await (rules ? loadRuleSet(rules) : structuralRuleSet());
  const contract = await step('read', () => openContract(spec, config, allowRemote));
  const found = await step('lint', () => lintContract(contract));
  const ours = rules === projectTarget.rules;
  const warnings = ours ? [] : found.filter((finding) => isHarmless(finding, rules));
  const findings = found.filter((finding) => !warnings.includes(finding));
  if (findings.length > 0) {
    throw new Failure(`${displayPath(spec)} has ${countFindings(findings)}: nothing was generated.`, {
      findings,
    });
  }
  const document = await step('bundle', () => bundleContract(contract, !ours));
  return { document, sources: [...contract.resolver.getFiles()], warnings };
}

/**
 * No code is made from a key that OpenAPI does not know, and the contracts of others are full of them: whoever asks for
 * no rules is only told.
 */
function isHarmless({ severity, rule, message }: Finding, rules: string | undefined): boolean {
  if (rules !== undefined) return severity === 'warning';
  return rule === 'struct' && /^(?:Property )?`(?!\$ref`).* (?:is|are) not expected here\.$/.test(message);
}
