import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { targetFor } from '../../scripts/cli/apis.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import type { Skipped } from '../../scripts/generate/client/operations.ts';
import { type Generated, generateFrom } from '../../scripts/generate/from-contract.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const contracts = join(import.meta.dirname, 'contracts/features');

/** What gen makes of a contract, in this thread. */
export function generateHere(spec: string): Promise<Generated> {
  return generateFrom(targetFor(spec, 'unused'), silentStep);
}

/** What gen makes of a contract in contracts/features/. */
export function generateFeature(name: string): Promise<Generated> {
  return generateHere(join(contracts, `${name}.yaml`));
}

/** The clients of all contracts in contracts/features/, each in a folder of its name, over one copy of the runtime. */
export class FeatureClients {
  readonly folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-features-'));
  readonly names: string[];
  readonly skipped = new Map<string, Skipped[]>();

  /** @param names of contracts; without them, all */
  constructor(names?: string[]) {
    this.names = names ?? readdirSync(contracts).map((file) => file.replace('.yaml', ''));
  }

  async write(): Promise<void> {
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    writeFileSync(join(this.folder, 'package.json'), '{ "type": "module" }');
    cpSync(join(root, 'scripts/runtime'), join(this.folder, 'runtime'), { recursive: true });
    for (const name of this.names) {
      const { files, skipped } = await generateFeature(name);
      mkdirSync(join(this.folder, name));
      symlinkSync('../runtime', join(this.folder, name, 'runtime'));
      for (const [file, text] of files)
        if (!file.startsWith('runtime/')) writeFileSync(join(this.folder, name, file), text);
      this.skipped.set(name, skipped);
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: the types of these clients are tested by compiling them.
  async load(name: string): Promise<any> {
    return await import(pathToFileURL(join(this.folder, name, 'client.ts')).href);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above.
  async loadAll(name: string): Promise<any> {
    return await import(pathToFileURL(join(this.folder, name, 'index.ts')).href);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above.
  async create(name: string, options: object): Promise<any> {
    const { createClient } = await this.load(name);
    return createClient({ maxRetries: 0, ...options });
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above.
  async createFetch(name: string, options: object): Promise<any> {
    const { createFetchClient } = await import(
      pathToFileURL(join(this.folder, name, 'fetch-client.ts')).href
    );
    return createFetchClient({ maxRetries: 0, ...options });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
