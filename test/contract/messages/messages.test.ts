import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseApi } from '../../../scripts/cli/apis.ts';
import { edits } from './edits.ts';
import { replay } from './replay.ts';

describe('one mistake in the contract is one finding, which says what to do', () => {
  test.for(edits)('$name', async ({ changes, rules, lines, says }) => {
    const report = await replay({ changes });
    expect(report.text).toContain(says);
    expect({ rules: report.rules, lines: report.lines }).toEqual({ rules, lines });
  });
});

describe('a typo in any $ref is one finding as well', () => {
  const spec = dirname(chooseApi().spec);
  const references = globSync('**/*.yaml', { cwd: spec })
    .filter((file) => !file.startsWith('workflows'))
    .sort()
    .flatMap((file) => {
      const lines = readFileSync(join(spec, file), 'utf8').match(/.*\$ref: .*\.yaml\n/g) ?? [];
      return lines.map((line) => ({ file, from: line, to: line.replace(/\w\.yaml/, '.yaml') }));
    });

  test('there are many', () => expect(references.length).toBeGreaterThan(100));

  // Some from each part of the contract: they all fail together, or none does.
  test.for(references.filter((_, index) => index % 24 === 0))('$file $from', async (change) => {
    const { rules, text } = await replay({ changes: [change] });
    expect(rules).toEqual(['no-unresolved-refs']);
    expect(text).toMatch(/^Did you mean .*\?$/m);
  });
});
