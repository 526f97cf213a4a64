import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { attacksOn } from '../helpers/attacks.ts';
import { CountedExpression } from '../helpers/regexp-steps.ts';
import { runs } from '../helpers/runs.ts';
import { readCode } from './read-code.ts';

/** Folders whose expressions read only this project's own texts. */
const own = /^scripts\/(?:docs|lint|build|release)\//;

/** The characters of a long attack on the expression of the platform. */
const long = runs(2 ** 14, 2 ** 20);

interface Literal {
  place: string;
  expression: RegExp;
}

function literalsOf(file: string): Literal[] {
  const text = readFileSync(join(toolchainRoot, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const [, body = '', flags] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
      found.push({ place: `${file}:${line + 1} ${node.text}`, expression: new RegExp(body, flags) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * Twice the text takes a linear expression twice the steps, a quadratic one four times.
 *
 * @returns the text that takes most, and whether its steps grow faster than it
 */
function worstFor(expression: RegExp): { superlinear: boolean; text: (length: number) => string } {
  const counted = new CountedExpression(expression);
  let [most, text] = [0, (length: number) => ' '.repeat(length)];
  for (const attack of attacksOn(counted)) {
    const steps = counted.stepsFor(attack(120));
    const grows = (length: number) =>
      counted.stepsFor(attack(2 * length)) > 2.6 * counted.stepsFor(attack(length));
    if (steps === Number.POSITIVE_INFINITY || (steps > 750 && grows(60) && grows(240)))
      return { superlinear: true, text: attack };
    if (steps > most) [most, text] = [steps, attack];
  }
  return { superlinear: false, text };
}

describe('an expression that reads foreign text', () => {
  const all = readCode('scripts')
    .filter((file) => !own.test(file))
    .flatMap(literalsOf)
    // Without an open quantifier, each position takes a bounded number of steps.
    .filter(({ expression }) => /[*+]|,\}/.test(expression.source));

  test(`takes steps in proportion to the text, also of ${long} characters`, () => {
    expect(all.length).toBeGreaterThan(100);
    const wrong = [];
    for (const { place, expression } of all) {
      const { superlinear, text } = worstFor(expression);
      if (superlinear) wrong.push(`${place}  ${JSON.stringify(text(12))}`);
      else text(long).replace(new RegExp(expression, `${expression.flags.replace('g', '')}g`), '');
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    // It read the Link header of a service, and took a minute for 16 kB.
    /<([^>]*)>\s*;[^,]*\brel="?(?:[^",;]* )?next\b/i,
    /^(?:a|a)*b/,
    /^(?:\w+ ?)*$/,
    /\s*;/,
    /\/+$/,
    /[^/]*$/,
    /\{([^}]+)\}/,
    /"(?:[^"\\]+|\\.)*"/,
    /^(.*),(.*)$/,
    /(?<=a.*)b/,
    /x(?=[\s\S]*y)/,
  ])('is found if it does not: %s', (expression) => {
    expect(worstFor(expression).superlinear).toBe(true);
  });

  test.each([/^\s*;/, /(?<!\/)\/+$/, /"(?:[^"\\]|\\.)*"?/, /^[^,]*,.*$/, /a{1,60}b/, /\s*;/y])(
    'is not reported if it does: %s',
    (expression) => {
      expect(worstFor(expression).superlinear).toBe(false);
    },
  );
});
