import type { AST } from '@eslint-community/regexpp';
import { type CountedExpression, childrenOf } from './regexp-steps.ts';

/** A character that hardly any expression names. */
const unlikely = '\u0001';

/** Characters of every kind that expressions distinguish. */
const characters = [
  ...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)),
  ...['\n', '\r', '\t', '\u2028', 'é', unlikely],
];

/** A text of about `length` characters. */
export type Attack = (length: number) => string;

/**
 * The texts that take an expression longest: what each of its parts matches, and each beginning of it, repeated; after
 * what leads to that part, and before what ends no match.
 */
export function attacksOn(expression: CountedExpression): Attack[] {
  const kinds = kindsOf(expression);
  const words = new Set(kinds);
  const leads = new Set(['', unlikely]);
  const ends = new Set(['', unlikely, '\n', ...(kinds.length <= 4 ? kinds : [])]);
  for (const pick of [0, -1]) {
    for (const most of [0, 1]) {
      const sample = (node: AST.Node): string => sampleOf(node, { expression, kinds, pick, most });
      walk(
        expression.ast.pattern,
        '',
        (node, lead) => {
          if (node.type === 'Quantifier') leads.add(lead);
          if (!isAtom(node))
            words
              .add(sample(node))
              .add(lead)
              .add(lead + sample(node));
        },
        sample,
      );
    }
  }
  if (kinds.length <= 6) for (const one of kinds) for (const other of kinds) words.add(one + other);
  words.delete('');
  return [...words].flatMap((word) =>
    [...leads].flatMap((lead) =>
      Array.from(
        ends,
        (end) => (length: number) => lead + word.repeat(Math.ceil(length / word.length)) + end,
      ),
    ),
  );
}

/** One character of each kind that the expression distinguishes. */
function kindsOf(expression: CountedExpression): string[] {
  const atoms: AST.Node[] = [];
  walk(expression.ast.pattern, '', (node) => isAtom(node) && atoms.push(node));
  const byKind = new Map<string, string>();
  for (const each of characters) {
    const kind = atoms.map((atom) => Number(expression.matches(atom, each))).join('');
    if (!byKind.has(kind)) byKind.set(kind, each);
  }
  return [...byKind.values()];
}

function isAtom({ type }: AST.Node): boolean {
  return type === 'Character' || type === 'CharacterSet' || type === 'CharacterClass';
}

/** Calls a function for each node, with a text that leads to it. */
function walk(
  node: AST.Node,
  lead: string,
  visit: (node: AST.Node, lead: string) => void,
  sample: (node: AST.Node) => string = () => '',
): void {
  visit(node, lead);
  let before = lead;
  for (const child of childrenOf(node)) {
    walk(child, before, visit, sample);
    if (node.type === 'Alternative') before += sample(child);
  }
}

interface Choice {
  expression: CountedExpression;
  kinds: string[];
  /** Which of the characters or alternatives: the first, or the last. */
  pick: number;
  /** How often an optional part is there. */
  most: number;
}

/** A text that a node matches, if it needs nothing around it. */
function sampleOf(node: AST.Node, choice: Choice): string {
  const { expression, kinds, pick, most } = choice;
  if (isAtom(node)) return kinds.filter((each) => expression.matches(node, each)).at(pick) ?? '';
  if (node.type === 'Quantifier')
    return sampleOf(node.element, choice).repeat(Math.min(Math.max(node.min, most), node.max));
  const children = childrenOf(node);
  if (node.type === 'Alternative') return children.map((each) => sampleOf(each, choice)).join('');
  const chosen = node.type === 'Assertion' ? undefined : children.at(pick);
  return chosen ? sampleOf(chosen, choice) : '';
}
