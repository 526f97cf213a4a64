/** What a node of a bundled document stands for: itself, or the component that its `$ref` names. */
export function resolve<Node extends object>(node: Node & { $ref?: string }, document: object): Node {
  if (!node.$ref?.startsWith('#/')) return node;
  const keys = node.$ref.slice(2).split('/');
  return keys.reduce(
    (parent: object, key) => (parent as Record<string, object>)[key] ?? {},
    document,
  ) as Node;
}
