import { Validator } from '@seriousme/openapi-schema-validator';
import spectral from '@stoplight/spectral-core';
import owaspRuleset from '@stoplight/spectral-owasp-ruleset';
import rulesets from '@stoplight/spectral-rulesets';
import { expect, test } from 'vitest';
import { type Json, loadContract } from './contract.ts';

const contract = await loadContract();

/** Rules that require a fact which the vendor does not state are ignored: a bound is never invented. */
const IGNORED: Record<string, string> = {
  'owasp:api4:2023-array-limit': 'No page states how long a list can be.',
  'owasp:api4:2023-string-limit': 'No page states how long a text can be.',
  'owasp:api4:2023-string-restricted': 'No page states a pattern for a text without a format.',
  'owasp:api4:2023-integer-limit': 'Only the bounds that a page states are kept, most of them lower ones.',
  'owasp:api4:2023-integer-format': 'The pages say integer, not how many bits.',
  'owasp:api4:2023-rate-limit': 'No page names a rate-limit header on responses other than a 429.',
  'owasp:api8:2023-define-cors-origin':
    'The key must stay out of browsers, so there are no CORS headers to describe.',
  'owasp:api8:2023-define-error-responses-500': 'No page states the response to a failure of the service.',
  'owasp:api8:2023-define-error-validation': 'A ping has nothing in it that could be invalid.',
  'owasp:api9:2023-inventory-access': 'Its x-internal key would say nothing: there is no internal server.',
};

test('@seriousme/openapi-schema-validator has no finding', async () => {
  expect(await new Validator().validate(structuredClone(contract))).toEqual({ valid: true });
});

test('spectral:oas has no finding', async () => {
  expect(await lint(rulesets.oas)).toEqual([]);
});

test('OWASP has only the findings that are ignored for a reason, and each of these exceptions is needed', async () => {
  // Its package is CommonJS, so its default export arrives wrapped.
  const findings = await lint((owaspRuleset as Json).default ?? owaspRuleset);
  const rules = new Set(findings.map((finding) => finding.split(' ')[0]));
  expect([...rules].sort()).toEqual(Object.keys(IGNORED).sort());
});

async function lint(ruleset: unknown): Promise<string[]> {
  const linter = new spectral.Spectral();
  linter.setRuleset(new spectral.Ruleset({ extends: [ruleset] } as never));
  const findings = await linter.run(structuredClone(contract));
  return findings.map(({ code, path, message }) => `${code} ${path.join('/')} ${message}`);
}
