import ts from 'typescript';

/** One change of a source that some test should notice. */
export interface Mutant {
  /** Counted from 1. */
  line: number;
  /** The line without its indentation, by which an accepted mutant is found again after other lines have moved. */
  source: string;
  from: string;
  to: string;
  /** The source with the change. */
  text: string;
}

const operators: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.LessThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '>',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '<',
};

/**
 * Every mutant of a TypeScript source: conditions that always or never hold, operators turned around, booleans flipped,
 * and statements left out that only have an effect.
 */
export function mutantsOf(text: string): Mutant[] {
  const file = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const lines = text.split('\n');
  const replace = (node: ts.Node, to: string) => {
    const [start, end] = [node.getStart(file), node.getEnd()];
    const { line } = file.getLineAndCharacterOfPosition(start);
    const from = text.slice(start, end);
    const source = lines[line]?.trim() ?? '';
    found.push({ line: line + 1, source, from, to, text: text.slice(0, start) + to + text.slice(end) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isIfStatement(node)) for (const to of ['true', 'false']) replace(node.expression, to);
    if (ts.isConditionalExpression(node)) for (const to of ['true', 'false']) replace(node.condition, to);
    if (ts.isBinaryExpression(node)) {
      const to = operators[node.operatorToken.kind];
      if (to) replace(node.operatorToken, to);
    }
    if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
    if (ts.isThrowStatement(node) || (ts.isExpressionStatement(node) && hasEffect(node.expression)))
      replace(node, ';');
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function hasEffect(node: ts.Expression): boolean {
  if (ts.isVoidExpression(node) || ts.isAwaitExpression(node)) return hasEffect(node.expression);
  return ts.isCallExpression(node)
    ? node.expression.kind !== ts.SyntaxKind.SuperKeyword
    : ts.isBinaryExpression(node) || ts.isPostfixUnaryExpression(node) || ts.isDeleteExpression(node);
}
