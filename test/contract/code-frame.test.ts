import { Source } from '@redocly/openapi-core';
import { describe, expect, test, vi } from 'vitest';
import { codeFrame } from '../../scripts/contract/code-frame.ts';

function frameOf(text: string, line: number, from: number, to: number): string {
  const source = new Source('/contract.yaml', text);
  return codeFrame({ source, pointer: undefined, start: { line, col: from }, end: { line, col: to } });
}

describe('the code around a finding', () => {
  test('keeps its indentation, tabs included, and marks the place', () => {
    expect(frameOf('paths:\n  /a:\n\t  get: none\n', 3, 4, 7)).toBe(
      '  1 | paths:\n  2 |   /a:\n  3 | \t  get: none\n    | \t  ^^^\n  4 |'.replaceAll(/^ {2}/gm, ''),
    );
  });

  test('keeps the mark where there are colours', () => {
    vi.stubEnv('NO_COLOR', undefined);
    vi.stubEnv('FORCE_COLOR', '1');
    const frame = frameOf('  type: strng\n', 1, 9, 14);
    vi.unstubAllEnvs();
    expect(frame).toBe('1 |   type: strng\n  |         \u001b[31m^^^^^\u001b[39m\n2 |');
  });

  test('shows the place in JSON that is one line, and no more than fits', () => {
    const json = `{${'"padding":1,'.repeat(5_000)}"type":"strng",${'"padding":1,'.repeat(5_000)}"end":1}`;
    const column = json.indexOf('"strng"') + 1;
    const [line = '', mark = ''] = frameOf(json, 1, column, column + 7).split('\n');
    expect(line.length).toBeLessThan(115);
    expect(line.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1)).toBe('"strng"');
  });

  test('escapes control characters', () => {
    expect(frameOf('title: \u001b[2J\n', 1, 8, 9)).toContain('title: \\u001b[2J');
  });
});
