import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { toolchainRoot } from '../../scripts/cli/project.ts';

/** The paths of all code in a folder, relative to the root. */
export function readCode(folder: string): string[] {
  return readdirSync(join(toolchainRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
    .filter((file) => /\.m?[jt]s$/.test(file));
}
