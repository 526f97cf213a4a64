import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

/** Shown with each fault: `npm run fuzz -- --seed N --runs 1` shows it again. */
const seed = 1;

test('a hundred contracts, changed at random, are refused or generate code that compiles', async () => {
  const { refused, generated, faults } = await fuzz(100, seed);
  expect(faults).toEqual([]);
  // The changes are neither all fatal nor all harmless.
  expect(refused).toBeGreaterThan(10);
  expect(generated).toBeGreaterThan(10);
}, 60_000);
