import type { Extension, Target } from '../cli/apis.ts';
import type { Finding } from '../cli/finding.ts';
import type { RunStep } from '../cli/steps.ts';
import { readContract, refuse } from '../contract/read.ts';
import { warningToFinding } from '../contract/to-finding.ts';
import type { Document } from '../openapi/document.ts';
import { operationsOf } from '../openapi/operations.ts';
import type { Files } from '../output/files.ts';
import { emitClients } from './client/emit.ts';
import type { Skipped } from './client/operations.ts';
import { readConsumer } from './consumer.ts';
import { withHeader } from './header.ts';
import { missingPackages, withExtension, withoutUnusedImports } from './imports.ts';
import { normalize } from './normalize/normalize.ts';
import { selectOperations } from './only.ts';
import { printYaml } from './print-yaml.ts';
import { emitRequests } from './requests/emit.ts';
import { readRuntime } from './runtime.ts';
import { checkTypes } from './types/check.ts';
import { emitTypes } from './types/emit.ts';
import { emitValues } from './types/values.ts';
import { emitWebhooks } from './webhooks/emit.ts';

/** The output for a contract, and its sources. */
export interface Generated {
  files: Files;
  /** Absolute path of each file of the contract and its configuration. */
  sources: string[];
  /** Mistakes in the contract that do not affect the output. */
  warnings: Finding[];
  /** What the project that contains the output lacks. */
  needs: string[];
  /** The number of operations in the contract. */
  operations: number;
  /** The operations without a method. */
  skipped: Skipped[];
}

/** @see generate */
export async function generateFrom(target: Target, step: RunStep): Promise<Generated> {
  const { bundle, sources, source, ...read } = await readContract(target, 'nothing was generated', step);
  const consumer = readConsumer(target.out);
  const extension = target.extension ?? consumer.extension;
  const { warnings, ...output } = await makeFiles(bundle, target, extension, step).catch((error: Error) =>
    refuse(target, read.warnings, error),
  );
  const found = warnings.map(({ pointer, message }) => warningToFinding(source, pointer, message));
  const needs = [...consumer.needs, ...missingPackages(target.out, output.files)];
  return {
    ...output,
    needs,
    sources: [...sources, ...consumer.sources],
    warnings: [...read.warnings, ...found],
  };
}

async function makeFiles(whole: object, { requests, only }: Target, extension: Extension, step: RunStep) {
  const bundle = only === undefined ? whole : selectOperations(whole, only);
  const { document, warnings } = await step('normalize', () => normalize(withWebhooks(bundle)));
  const yaml = await step('print', () => printYaml(bundle));
  const clients = await step('client', () => emitClients(document));
  const webhooks = await step('webhooks', () => emitWebhooks(document));
  const written = [
    ...clients.files,
    ...(webhooks.text === undefined ? [] : ([['webhooks.ts', webhooks.text]] as const)),
  ];
  const values = emitValues(document);
  const code: Files = new Map(written.map(([name, text]) => [name, withoutUnusedImports(text)]));
  const files: Files = new Map([
    ...code,
    ...(values === undefined ? [] : withValues(code, values)),
    ['openapi.yaml', yaml],
    ...(requests ? ([['requests.ts', emitRequests(document)]] as const) : []),
    ...readRuntime(code),
  ]);
  // Last, as it changes the document.
  files.set('schema.ts', await step('types', () => emitCheckedTypes(document)));
  return {
    files: withHeader(withExtension(files, extension)),
    operations: operationsOf(document).length,
    skipped: clients.skipped,
    warnings: [...warnings, ...clients.warnings, ...webhooks.warnings].map(({ pointer, message }) => ({
      pointer: 'webhooks' in bundle ? pointer : pointer.replace(/^#\/webhooks/, '#/x-webhooks'),
      message,
    })),
  };
}

function withValues(code: Files, values: string): Files {
  return new Map([
    ['values.ts', values],
    ['index.ts', `${code.get('index.ts')}export * from './values.ts';\n`],
  ]);
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
