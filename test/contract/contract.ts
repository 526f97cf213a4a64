import { fileURLToPath } from 'node:url';
import { bundle, loadConfig } from '@redocly/openapi-core';

// biome-ignore lint/suspicious/noExplicitAny: the tests reach into every corner of a document that they check themselves.
export type Json = any;

const root = new URL('../../', import.meta.url);

export const specFile = fileURLToPath(new URL('spec/openapi.yaml', root));

export async function loadRules() {
  return (await loadConfig({ configPath: fileURLToPath(new URL('redocly.yaml', root)) })).forAlias('nectar');
}

/** The whole contract in one document, bundled from its source, so that no test uses an outdated bundle. */
export async function loadContract(): Promise<Json> {
  const { bundle: document } = await bundle({ ref: specFile, config: await loadRules() });
  return document.parsed;
}

/** The node that a local `$ref` points to, or the node itself. */
export function resolve(contract: Json, node: Json): Json {
  if (typeof node?.$ref !== 'string') return node;
  const keys: string[] = node.$ref.slice('#/'.length).split('/').map(unescapePointer);
  return resolve(
    contract,
    keys.reduce((parent, key) => parent[key], contract),
  );
}

function unescapePointer(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

export function escapePointer(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
