import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { targetFor } from '../../scripts/cli/apis.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { generate } from '../../scripts/generate/generate.ts';
import { replaceFolder } from '../../scripts/output/replace-folder.ts';

const root = join(import.meta.dirname, '../..');

// biome-ignore lint/suspicious/noExplicitAny: the types of such clients are tested by compiling them elsewhere.
type Clients = any;

/** Generates the clients of a contract that has what the project's own lacks. */
export async function clientsOf(contract: string): Promise<{ clients: Clients; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-made-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'contract.yaml'), contract);
  const out = join(folder, 'client');
  replaceFolder(out, (await generate(targetFor(join(folder, 'contract.yaml'), out), silentStep)).files);
  return {
    clients: await import(pathToFileURL(join(out, 'index.ts')).href),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
