/** Resolves a node of a bundled document: returns the component of its `$ref`, or the node itself. */
export function resolve<Node extends object>(node: Node & { $ref?: string }, document: object): Node {
  if (!node.$ref?.startsWith('#/')) return node;
  const keys = node.$ref.slice(2).split('/');
  return keys.reduce(
    (parent: object, key) => (parent as Record<string, object>)[key] ?? {},
    document,
  ) as Node;
}
