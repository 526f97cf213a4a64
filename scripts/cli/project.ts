import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder with a file, from a folder upwards; undefined without one. */
function findAbove(folder: string, file: string): string | undefined {
  if (existsSync(join(folder, file))) return folder;
  return folder === dirname(folder) ? undefined : findAbove(dirname(folder), file);
}

/** The folder of the toolchain: this repository, or the installed package. */
export const toolchainRoot = findAbove(import.meta.dirname, 'package.json') ?? import.meta.dirname;

/**
 * The project that a command is about: the nearest folder with a redocly.yaml, from the working directory upwards, or
 * else that of the toolchain.
 */
export function projectRoot(): string {
  return findAbove(process.cwd(), 'redocly.yaml') ?? toolchainRoot;
}

/** A cache for faster runs, which can be deleted at any time. */
export function cacheFolder(): string {
  return join(projectRoot(), 'node_modules/.cache/openapi-once');
}

/**
 * The path of a file of an installed package.
 *
 * @param file within node_modules
 * @param folder where a module would import it
 */
export function findInstalled(file: string, folder = toolchainRoot): string | undefined {
  const found = findAbove(folder, join('node_modules', file));
  return found && join(found, 'node_modules', file);
}
