import ts from 'typescript';
import type { Document, PathItem } from '../client/document.ts';

/** The types of a contract without the paths that stand for operations of another method than HTTP has in 3.1. */
export function withoutExtraPaths(nodes: ts.Node[], { paths = {} }: Document): ts.Node[] {
  const extra = new Set(
    Object.keys(paths).filter((path) => (paths[path] as PathItem).post?.['x-sent-as'] !== undefined),
  );
  if (extra.size === 0) return nodes;
  return nodes.map((node) => {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'paths') return node;
    const members = node.members.filter(
      (member) => !(member.name && ts.isStringLiteral(member.name) && extra.has(member.name.text)),
    );
    return ts.factory.updateInterfaceDeclaration(
      node,
      node.modifiers,
      node.name,
      node.typeParameters,
      node.heritageClauses,
      members,
    );
  });
}
