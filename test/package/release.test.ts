import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeRelease } from '../../scripts/release/release.ts';

/** Notes what it is called for, and packs nothing. */
const npm = `#!/bin/sh
echo "npm $*" >> calls.log
test "$*" != "$FAILING" || exit 1
case "$*" in *openapi-once) name=t ;; *) name=p ;; esac
test "$1" != pack || echo '[{ "filename": "'$name'-0.1.0.tgz", "size": 9, "unpackedSize": 20, "files": [{ "path": "LICENSE", "size": 20 }] }]'
`;

const checks = ['run gen -- --check', 'run lint', 'test', 'run test:runtimes', 'run build'];
const packs = ['.', './dist/openapi-once'].map(
  (source) => `pack --ignore-scripts --json --pack-destination dist/release ${source}`,
);
const publishes = ['p', 't'].map(
  (name) => `publish dist/release/${name}-0.1.0.tgz --access public --provenance`,
);

let root: string;
let printed: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nectar-openapi-release-'));
  mkdirSync(join(root, 'bin'));
  writeFileSync(join(root, 'bin/npm'), npm, { mode: 0o755 });
  vi.stubEnv('PATH', `${join(root, 'bin')}${delimiter}${process.env.PATH}`);
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', 'https://nectar.invalid');
  printed = '';
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    printed += `${line}\n`;
  });
  write('.gitignore', 'bin/\ndist/\n*.log\norigin.git/\n');
  write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n## 0.1.0 - 2026-12-01\n');
  write('package.json', '{ "version": "0.1.0", "repository": "github:nobody/nothing" }');
  git('init', '--quiet', '--initial-branch=main');
  git('init', '--quiet', '--bare', 'origin.git');
  git('remote', 'add', 'origin', join(root, 'origin.git'));
  commit();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

test('a release checks everything, publishes both packages, and tags it at last', async () => {
  await makeRelease(root, { dryRun: false });
  expect(calls()).toEqual([...checks, ...packs, ...publishes]);
  expect(git('ls-remote', '--tags', 'origin')).toMatch(/\trefs\/tags\/v0\.1\.0$/);
});

test('a dry run does everything except that, and prints the next steps', async () => {
  await makeRelease(root, { dryRun: true });
  expect(calls()).toEqual([...checks, ...packs]);
  expect(git('tag')).toBe('');
  expect(printed).toContain(
    'dist/release/p-0.1.0.tgz: 9 bytes packed, 20 bytes unpacked\n      20  LICENSE\n',
  );
  const steps = [
    ...publishes.map((each) => `npm ${each}`),
    'git tag v0.1.0',
    'git push --quiet origin v0.1.0',
  ];
  expect(printed.endsWith(`would go on with:\n${steps.map((step) => `  ${step}\n`).join('')}`)).toBe(true);
});

test('nothing is published or tagged if a check has failed', async () => {
  vi.stubEnv('FAILING', 'test');
  await expect(makeRelease(root, { dryRun: false })).rejects.toThrow(
    '`npm test` has failed: see above. The steps after it were not run.',
  );
  expect(calls()).toEqual(checks.slice(0, 3));
  expect(git('tag')).toBe('');
});

test('a version that could not be published is not tagged', async () => {
  vi.stubEnv('FAILING', publishes[1] ?? '');
  await expect(makeRelease(root, { dryRun: false })).rejects.toThrow('--provenance` has failed');
  expect(git('tag')).toBe('');
});

const states = [
  {
    state: 'a change that is not committed',
    make: () => write('new.txt', ''),
    said: 'Commit them first:\n?? new.txt',
  },
  { state: 'another branch', make: () => git('switch', '--quiet', '--create', 'other'), said: 'but "other"' },
  { state: 'a version that has its tag', make: () => git('tag', 'v0.1.0'), said: 'a tag v0.1.0 already' },
  {
    state: 'changes that have no version',
    make: () => commit('CHANGELOG.md', '# Changelog\n\n## Unreleased\n'),
    said: 'CHANGELOG.md has no part for 0.1.0. Write "## 0.1.0 - 20',
  },
  {
    state: 'a package without a home',
    make: () => commit('package.json', '{ "version": "0.1.0" }'),
    said: 'Add "repository".',
  },
];

test.for(states)('$state is not released', async ({ make, said }) => {
  make();
  await expect(makeRelease(root, { dryRun: false })).rejects.toThrow(/^0\.1\.0 cannot be released yet\.\n- /);
  expect(calls()).toEqual([]);
  await expect(makeRelease(root, { dryRun: true })).rejects.toThrow(said);
  expect(printed).toContain(said);
  expect(calls()).toEqual([...checks, ...packs]);
});

test('a machine that cannot prove where it builds makes no release', async () => {
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', undefined);
  await expect(makeRelease(root, { dryRun: false })).rejects.toThrow('npm run release -- --dry-run');
  expect(calls()).toEqual([]);
});

/** What npm was called for. */
function calls(): string[] {
  const log = join(root, 'calls.log');
  return existsSync(log) ? (readFileSync(log, 'utf8').match(/(?<=^npm ).*$/gm) ?? []) : [];
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trimEnd();
}

function write(path: string, text: string): void {
  writeFileSync(join(root, path), text);
}

function commit(path?: string, text = ''): void {
  if (path !== undefined) write(path, text);
  git('add', '.');
  git('-c', 'user.name=A', '-c', 'user.email=a@nectar.invalid', 'commit', '--quiet', '--message', 'A state');
}
