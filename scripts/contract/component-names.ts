import { escapePointerFragment } from '@redocly/openapi-core';

type Node = Record<string, unknown>;

/**
 * Gives components another name that have `~` or `%` in theirs, which OpenAPI does not allow.
 *
 * Such a name comes from a `$ref` with escaped characters (`100%25.yaml`, `#/definitions/a~1b`): Redocly takes the end of
 * it as the name as it stands there, and refers to it without escaping it, so that nothing is found there.
 */
export function renameComponents(bundle: object): void {
  const { components = {} } = bundle as { components?: Record<string, Node> };
  const renamed = new Map<string, string>();
  for (const [section, named] of Object.entries(components)) {
    for (const name of Object.keys(Object(named)).filter((each) => /[~%]/.test(each))) {
      let free = name.replace(/[~%]/g, '_');
      while (Object.hasOwn(named, free)) free += '_';
      named[free] = named[name];
      delete named[name];
      const prefix = `#/components/${section}/`;
      // As Redocly writes it, and as it should be.
      for (const each of [name, escapePointerFragment(name)]) renamed.set(prefix + each, prefix + free);
      renamed.set(prefix + encodeURIComponent(escapePointerFragment(name)), prefix + free);
    }
  }
  if (renamed.size > 0) replaceReferences(bundle as Node, renamed, new Set());
}

function replaceReferences(node: Node, renamed: Map<string, string>, met: Set<Node>): void {
  if (met.has(node)) return;
  met.add(node);
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') node[key] = renamed.get(value) ?? value;
    else if (typeof value === 'object' && value !== null) replaceReferences(value as Node, renamed, met);
  }
}
