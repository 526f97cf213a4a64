import { stringifyYaml } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { printYaml } from '../../scripts/generate/print-yaml.ts';
import { loadContract } from '../contract/contract.ts';

function printAtOnce(document: object): string {
  return stringifyYaml(document, { lineWidth: -1, noRefs: true });
}

test('the contract is printed part by part with the same result as at once', async () => {
  const contract = await loadContract();
  expect(printYaml(contract)).toBe(printAtOnce(contract));
});

test('so is one with texts, keys and gaps of every kind', () => {
  const texts = {
    lines: 'one\ntwo\n\n  three\n',
    indented: '\n  - looks like a list',
    marks: '---\n...\n',
    colon: 'a: b # c',
    number: '1',
    none: null,
    empty: {},
    list: [[], [{ deep: ['x', { deeper: true }] }]],
  };
  const document = {
    openapi: '3.1.1',
    'x-first': texts,
    paths: {
      '/a': { description: 'It ends in empty lines.\n\n' },
      '/a: b': texts,
      null: null,
      '1': 1,
      'with\nlines': texts,
      ['/long'.repeat(300)]: texts,
    },
    components: {
      schemas: {},
      responses: { A: texts, '2': texts },
      'x-of: ours': texts,
      examples: { Last: { value: 'It ends in empty lines.\n\n' } },
    },
    tags: [{ name: 'a' }],
    'x-last': 'It ends in empty lines.\n\n',
  };
  // Only the mark behind its end is left out, which says nothing in a file of one document.
  expect(`${printYaml(document)}...\n`).toBe(printAtOnce(document));
});
