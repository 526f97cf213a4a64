import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toolchainRoot } from '../../scripts/cli/project.ts';

const list = join(import.meta.dirname, 'rivals.json');
const folder = join(toolchainRoot, 'node_modules/.cache/bench-rivals');

/**
 * Installs the generators that are only here to be measured, at the first run and when their list has changed: `npm ci`
 * need not bring them.
 */
export function installRivals(): void {
  const ready = join(folder, 'ready.json');
  if (existsSync(ready) && readFileSync(ready).equals(readFileSync(list))) return;
  console.error('Installing the generators to compare with into node_modules/.cache/bench-rivals ...');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(list, join(folder, 'package.json'));
  const { status, stderr } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Error(
      `The generators in test/bench/rivals.json could not be installed. The first run needs a package registry; later ones work offline.\n${stderr}`,
    );
  }
  copyFileSync(list, ready);
}

/** The file that starts a generator. */
export function rival(path: string): string {
  return join(folder, 'node_modules', path);
}
