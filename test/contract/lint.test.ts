import { lint } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { loadRules, specFile } from './contract.ts';

test('the contract has no finding and ignores none', async () => {
  const problems = await lint({ ref: specFile, config: await loadRules() });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
    [],
  );
});
