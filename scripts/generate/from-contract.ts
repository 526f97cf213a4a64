import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import type { Finding } from '../cli/finding.ts';
import { countFindings } from '../cli/format-findings.ts';
import type { RunStep } from '../cli/steps.ts';
import { bundleContract } from '../contract/bundle.ts';
import { isHarmless } from '../contract/harmless.ts';
import { lintContract } from '../contract/lint.ts';
import { openContract } from '../contract/open.ts';
import { applyOverlay } from '../contract/overlay.ts';
import { loadRuleSet, structuralRuleSet } from '../contract/rule-set.ts';
import { remarkToFinding } from '../contract/to-finding.ts';
import type { Document } from '../openapi/document.ts';
import { operationsOf } from '../openapi/operations.ts';
import type { Files } from '../output/files.ts';
import { emitClients } from './client/emit.ts';
import type { Skipped } from './client/operations.ts';
import { withHeader } from './header.ts';
import { normalize } from './normalize/normalize.ts';
import { printYaml } from './print-yaml.ts';
import { emitRequests } from './requests/emit.ts';
import { readRuntime } from './runtime.ts';
import { projectTarget, type Target } from './target.ts';
import { checkTypes } from './types/check.ts';
import { emitTypes } from './types/emit.ts';
import { emitWebhooks } from './webhooks/emit.ts';

/** The output for a contract, and its sources. */
export interface Generated {
  files: Files;
  /** Absolute path of each file of the contract and its configuration. */
  sources: string[];
  /** Mistakes in the contract that do not affect the output. */
  warnings: Finding[];
  /** The number of operations in the contract. */
  operations: number;
  /** The operations without a method. */
  skipped: Skipped[];
}

/** @see generate */
export async function generateFrom(target: Target, step: RunStep): Promise<Generated> {
  const { bundle, sources, source, warnings } = await readContract(target, step);
  const { remarks, ...output } = await makeFiles(bundle, target, step).catch((error: Error) => {
    if (target.rules === projectTarget().rules || error instanceof Failure) throw error;
    const advice =
      warnings.length > 0
        ? 'Start with the findings above.'
        : 'Look for it with --lint recommended, or compare the contract with https://spec.openapis.org/oas/latest.html.';
    const reason = error.message.replace(/\.?$/, '.');
    throw new Failure(`No code can be generated from ${displayPath(target.spec)}: ${reason} ${advice}`, {
      findings: warnings,
      cause: error,
    });
  });
  const remarked = remarks.map(({ pointer, message }) => remarkToFinding(source, pointer, message));
  return { ...output, sources, warnings: [...warnings, ...remarked] };
}

async function makeFiles(bundle: object, { requests }: Target, step: RunStep) {
  const { document, remarks } = await step('normalize', () => normalize(withWebhooks(bundle)));
  const yaml = await step('print', () => printYaml(bundle));
  const clients = await step('client', () => emitClients(document));
  const webhooks = await step('webhooks', () => emitWebhooks(document));
  const code: Files = new Map([
    ...clients.files,
    ...(webhooks.text === undefined ? [] : ([['webhooks.ts', webhooks.text]] as const)),
  ]);
  const files: Files = new Map([
    ...code,
    ['openapi.yaml', yaml],
    ...(requests ? ([['requests.ts', emitRequests(document)]] as const) : []),
    ...readRuntime(code),
  ]);
  // Last, as it changes the document.
  files.set('schema.ts', await step('types', () => emitCheckedTypes(document)));
  return {
    files: withHeader(files),
    operations: operationsOf(document).length,
    skipped: clients.skipped,
    remarks: [...remarks, ...clients.remarks, ...webhooks.remarks].map(({ pointer, message }) => ({
      pointer: 'webhooks' in bundle ? pointer : pointer.replace(/^#\/webhooks/, '#/x-webhooks'),
      message,
    })),
  };
}

function emitCheckedTypes(document: Document): string {
  const types = emitTypes(document);
  checkTypes(types);
  return types;
}

/** OpenAPI 3.0 has no webhooks; tools use an extension. */
function withWebhooks(document: { webhooks?: object; 'x-webhooks'?: object }): object {
  const { webhooks, 'x-webhooks': extension } = document;
  if (webhooks !== undefined || extension === undefined) return document;
  const items = Object.entries(extension).filter(([name, item]) => !name.startsWith('x-') && isObject(item));
  return { ...document, webhooks: Object.fromEntries(items) };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** The bundled document. Returning only that releases the source files, which take more memory. */
async function readContract({ spec, rules, overlay, allowRemote }: Target, step: RunStep) {
  const config = await (rules ? loadRuleSet(rules) : structuralRuleSet());
  const contract = await step('read', () => openContract(spec, config, allowRemote));
  const found = await step('lint', () => lintContract(contract));
  const ours = rules === projectTarget().rules;
  // With rules, only their errors are refused.
  const isWarning = (finding: Finding) => (rules ? finding.severity === 'warning' : isHarmless(finding));
  const warnings = ours ? [] : found.filter(isWarning);
  const findings = found.filter((finding) => !warnings.includes(finding));
  if (findings.length > 0) {
    throw new Failure(`${displayPath(spec)} has ${countFindings(findings)}: nothing was generated.`, {
      findings,
    });
  }
  const { source } = contract.document;
  const { bundle, warnings: unresolved } = await step('bundle', () => bundleContract(contract, !ours));
  const sources = [...contract.resolver.getFiles(), ...(overlay ? [overlay] : [])];
  return {
    bundle: overlay ? applyOverlay(bundle, overlay) : bundle,
    source,
    sources,
    warnings: [...warnings, ...unresolved],
  };
}
