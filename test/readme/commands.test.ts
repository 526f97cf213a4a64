import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

test('every command that the README names exists', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = Array.from(read('README.md').matchAll(/`npm (?:run )?(\w[\w:]*)/g), ([, name]) => name);
  const known = [...Object.keys(scripts), 'ci', 'pack', 'install'];
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
});

test('the README is read in three minutes', () => {
  expect(read('README.md').split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(700);
});
