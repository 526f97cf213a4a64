import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';

interface LockedPackage {
  version: string;
  integrity?: string;
  resolved?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
}

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies?: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

const manifest = readJson<Manifest>('package.json');
const runtimes = readJson<Manifest>('test/package/runtimes.json');
const lock = readJson<{ packages: Record<string, LockedPackage> }>('package-lock.json');
const locked = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, found]) => ({ path, name: path.replace(/^.*node_modules\//, ''), ...found }));

/** What users get may be used for anything, with no more than a notice. */
const licencesOfUsers = new Set(['MIT', 'Unlicense']);

/** What is used here and never passed on. */
const licencesOfMaintainers = new Set([
  ...licencesOfUsers,
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'PSF-2.0',
  'Python-2.0',
  // Of the fonts of the docs, whose pages hold them as they are.
  'OFL-1.1',
  // Asks for the sources of changed files: of axe-core in the tests of the docs, and of lightningcss below vitest,
  // neither of which is changed.
  'MPL-2.0',
]);

test('every dependency is pinned to one version', () => {
  const { dependencies, devDependencies } = manifest;
  const pins = Object.entries({ ...dependencies, ...devDependencies, ...runtimes.dependencies });
  const loose = pins.filter(([, pin]) => !/^(?:npm:[\w-]+@)?\d+\.\d+\.\d+$/.test(pin));
  expect(loose).toEqual([]);
});

test('every locked package has a hash, and no fixed registry', () => {
  // npm cannot know the content of another platform's package where its registry lacks it.
  const unknown = locked.filter(({ integrity, optional }) => !integrity?.startsWith('sha512-') && !optional);
  expect(unknown).toEqual([]);
  expect(locked.filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

test('only packages whose licence is permissive are used', () => {
  const refused = locked.filter(({ path, license = olderLicence(path), dev }) => {
    const allowed = dev ? licencesOfMaintainers : licencesOfUsers;
    return !license
      .replaceAll(/[()]/g, '')
      .split(' OR ')
      .some((choice) => allowed.has(choice));
  });
  expect(refused.map(({ path, license }) => `${path}: ${license}`)).toEqual([]);
});

test('every install script is explicitly allowed or denied', () => {
  const scripted = locked.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  expect(scripted.sort()).toEqual(Object.keys(manifest.allowScripts).sort());
});

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(join(toolchainRoot, path), 'utf8'));
}

/** npm does not lock the licences that a package names in the older way. */
function olderLicence(path: string): string {
  const { licenses = [] } = readJson<{ licenses?: { type: string }[] }>(`${path}/package.json`);
  return licenses.map(({ type }) => type).join(' OR ');
}
