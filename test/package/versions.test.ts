import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';

const read = (path: string) => readFileSync(join(toolchainRoot, path), 'utf8');

test('the package has the version of the contract', () => {
  const [, ofContract] = /^ {2}version: ['"]?([^'"\s]+)/m.exec(read('spec/openapi.yaml')) ?? [];
  expect(JSON.parse(read('package.json')).version).toBe(ofContract);
  expect(JSON.parse(read('package-lock.json')).version).toBe(ofContract);
});

test('the changelog has the unreleased changes first, then the newest version', () => {
  const [unreleased, ...released] = Array.from(
    read('CHANGELOG.md').matchAll(/^## (.*)$/gm),
    ([, title]) => title,
  );
  expect(unreleased).toBe('Unreleased');
  for (const title of released) expect(title).toMatch(/^\d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2}$/);
  expect(released).toEqual(
    released.toSorted((a = '', b = '') => b.localeCompare(a, 'en', { numeric: true })),
  );
});
