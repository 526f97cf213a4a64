import { type AST, parseRegExpLiteral } from '@eslint-community/regexpp';

/** Continues after a position. */
type Next = (at: number) => boolean;
type Matcher = (at: number, next: Next) => boolean;

/** More than a linear expression takes for any text that is tried. */
const mostSteps = 200_000;

class TooManySteps extends Error {}

/** A regular expression that backtracks like the platform's, and counts its steps. */
export class CountedExpression {
  readonly ast: AST.RegExpLiteral;
  readonly #match: Matcher;
  readonly #flags: string;
  readonly #tests = new Map<string, (character: string) => boolean>();
  #text = '';
  #steps = 0;
  #captures: (string | undefined)[] = [];

  constructor(expression: RegExp) {
    this.ast = parseRegExpLiteral(expression);
    this.#flags = expression.flags.replace(/[gy]/g, '');
    this.#match = this.#anyOf(this.ast.pattern.alternatives, false);
  }

  /** The steps to find all matches in a text; infinite if they are too many. */
  stepsFor(text: string): number {
    this.#text = text;
    this.#steps = 0;
    try {
      for (let start = 0; start <= text.length; ) {
        let end = -1;
        this.#captures = [];
        this.#match(start, (at) => {
          end = at;
          return true;
        });
        if (end < 0 && this.ast.flags.sticky) break;
        start = Math.max(start + 1, end);
      }
      return this.#steps;
    } catch (error) {
      if (error instanceof TooManySteps) return Number.POSITIVE_INFINITY;
      throw error;
    }
  }

  /** Whether a character class, a set or a character matches. */
  matches(node: AST.Node, character: string): boolean {
    const known = this.#tests.get(node.raw);
    if (known) return known(character);
    const expression = new RegExp(`^(?:${node.raw})$`, this.#flags.replace('m', ''));
    const found = new Map<string, boolean>();
    const test = (each: string) => {
      if (!found.has(each)) found.set(each, expression.test(each));
      return found.get(each) === true;
    };
    this.#tests.set(node.raw, test);
    return test(character);
  }

  #count(): void {
    if (++this.#steps > mostSteps) throw new TooManySteps();
  }

  #anyOf(alternatives: readonly AST.Alternative[], backward: boolean): Matcher {
    const each = alternatives.map(({ elements }) => this.#sequence(elements, backward));
    return (at, next) => each.some((match) => match(at, next));
  }

  #sequence(elements: readonly AST.Element[], backward: boolean): Matcher {
    const matchers = elements.map((each) => this.#element(each, backward));
    if (backward) matchers.reverse();
    return (at, next) => {
      const from = (index: number, place: number): boolean => {
        const match = matchers[index];
        return match ? match(place, (end) => from(index + 1, end)) : next(place);
      };
      return from(0, at);
    };
  }

  #element(node: AST.Element, backward: boolean): Matcher {
    switch (node.type) {
      case 'Group':
        return this.#anyOf(node.alternatives, backward);
      case 'CapturingGroup':
        return this.#group(node, backward);
      case 'Quantifier':
        return this.#quantifier(node, backward);
      case 'Backreference':
        return (at, next) => {
          this.#count();
          const wanted = this.#captures[Number(node.ref)] ?? '';
          const start = backward ? at - wanted.length : at;
          return this.#text.startsWith(wanted, start) && next(backward ? start : at + wanted.length);
        };
      case 'Assertion':
        return this.#assertion(node);
      default:
        return (at, next) => {
          this.#count();
          const character = this.#text[backward ? at - 1 : at];
          if (character === undefined || !this.matches(node, character)) return false;
          return next(backward ? at - 1 : at + 1);
        };
    }
  }

  #group(node: AST.CapturingGroup, backward: boolean): Matcher {
    const match = this.#anyOf(node.alternatives, backward);
    const groups: AST.CapturingGroup[] = [];
    const index = () => {
      if (groups.length === 0) groups.push(...groupsOf(this.ast.pattern));
      return groups.indexOf(node) + 1;
    };
    return (at, next) =>
      match(at, (end) => {
        const before = this.#captures[index()];
        this.#captures[index()] = this.#text.slice(Math.min(at, end), Math.max(at, end));
        if (next(end)) return true;
        this.#captures[index()] = before;
        return false;
      });
  }

  #quantifier({ element, min, max, greedy }: AST.Quantifier, backward: boolean): Matcher {
    const match = this.#element(element, backward);
    return (start, next) => {
      const repeat = (count: number, at: number): boolean => {
        const more = () =>
          count < max && match(at, (end) => (end !== at || count < min) && repeat(count + 1, end));
        const enough = () => count >= min && next(at);
        return greedy ? more() || enough() : enough() || more();
      };
      return repeat(0, start);
    };
  }

  #assertion(node: AST.Assertion): Matcher {
    if (node.kind === 'lookahead' || node.kind === 'lookbehind') {
      const match = this.#anyOf(node.alternatives, node.kind === 'lookbehind');
      return (at, next) => match(at, () => true) !== node.negate && next(at);
    }
    const isWord = (character = '') => /\w/.test(character);
    const holds = (at: number) => {
      const [before, after] = [this.#text[at - 1], this.#text[at]];
      if (node.kind === 'word') return (isWord(before) !== isWord(after)) !== node.negate;
      const beside = node.kind === 'start' ? before : after;
      return beside === undefined || (this.ast.flags.multiline && /[\n\r\u2028\u2029]/.test(beside));
    };
    return (at, next) => {
      this.#count();
      return holds(at) && next(at);
    };
  }
}

/** The capturing groups of a pattern, in their order. */
function groupsOf(node: AST.Node): AST.CapturingGroup[] {
  const inner = childrenOf(node).flatMap(groupsOf);
  return node.type === 'CapturingGroup' ? [node, ...inner] : inner;
}

export function childrenOf(node: AST.Node): AST.Node[] {
  if ('alternatives' in node) return [...node.alternatives];
  if ('elements' in node && node.type === 'Alternative') return [...node.elements];
  return node.type === 'Quantifier' ? [node.element] : [];
}
