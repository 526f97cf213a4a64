import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** A cache for faster runs, which can be deleted at any time. */
export const cacheFolder = join(projectRoot, 'node_modules/.cache/nectar-openapi');

/** Where Node keeps compiled scripts. */
export const compiledFolder = join(cacheFolder, 'compiled');
