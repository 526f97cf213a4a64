import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the toolchain: its scripts, and the packages that npm has installed for them. */
export const toolchainRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** A cache for faster runs, which can be deleted at any time. */
export const cacheFolder = join(toolchainRoot, 'node_modules/.cache/nectar-openapi');

/**
 * The project that a command is about: the nearest folder with a redocly.yaml, from the working directory upwards, or
 * else that of the toolchain.
 */
export function projectRoot(): string {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'redocly.yaml'))) return folder;
    if (folder === dirname(folder)) return toolchainRoot;
  }
}
