import { escapePointerFragment } from '@redocly/openapi-core';
import { valueAt } from './pointer.ts';

/** A schema with an `$id`, which is the base of the references in it. */
interface Resource {
  uri: string;
  /** Without its `#`. */
  pointer: string;
}

type Node = Record<string, unknown>;

/** Keywords whose keys are names, not keywords. */
const maps = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'schemas',
  'dependentSchemas',
]);

/** Keywords whose values are data, in which `$id` and `$ref` have no meaning. */
const data = new Set(['example', 'examples', 'default', 'const', 'enum', 'value']);

/** The base of an outermost `$id`. */
const outermost = 'document:///';

/**
 * Converts each `$ref` to an `$id` of the same document to a JSON pointer, the only kind that every tool resolves.
 *
 * A `$ref` that resolves from the root of the document stays unchanged, even in a schema with an `$id`: strictly it
 * would be relative to that schema, but few authors mean that.
 */
export function resolveSchemaIds(document: unknown): void {
  const ids = new Map<string, string>();
  const named: Node[] = [];
  const references: { node: Node; within: Resource | undefined }[] = [];
  const visited = new Set<unknown>();

  const visit = (value: unknown, pointer: string, around: Resource | undefined, isMap: boolean) => {
    if (typeof value !== 'object' || value === null || visited.has(value)) return;
    visited.add(value);
    const node = value as Node;
    let within = around;
    const { $id, $ref } = node;
    if (typeof $id === 'string' && !isMap && URL.canParse($id, around?.uri ?? outermost)) {
      within = { uri: toUri($id, around), pointer };
      ids.set(within.uri, pointer);
      named.push(node);
    }
    if (typeof $ref === 'string' && !isMap) references.push({ node, within });
    for (const [key, child] of Object.entries(node))
      if (isMap || !(data.has(key) || key.startsWith('x-')))
        visit(child, `${pointer}/${escapePointerFragment(key)}`, within, !isMap && maps.has(key));
  };
  visit(document, '', undefined, false);

  let changed = false;
  for (const { node, within } of references) {
    const pointer = pointerFor(document, ids, node.$ref as string, within);
    if (pointer === undefined) continue;
    node.$ref = `#${pointer}`;
    changed = true;
  }
  // For tools that support it, an `$id` would change the root of the pointers.
  if (changed) for (const node of named) delete node.$id;
}

/** Returns undefined for a reference to something else. */
function pointerFor(
  document: unknown,
  ids: Map<string, string>,
  $ref: string,
  within: Resource | undefined,
): string | undefined {
  const [uri = '', fragment = ''] = $ref.split('#');
  if (fragment && !fragment.startsWith('/')) return undefined;
  if (uri === '') {
    if (!within || valueAt(document, fragment).found !== undefined) return undefined;
    return within.pointer + fragment;
  }
  if (!URL.canParse(uri, within?.uri ?? outermost)) return undefined;
  const pointer = ids.get(toUri(uri, within));
  return pointer === undefined ? undefined : pointer + fragment;
}

function toUri(reference: string, within: Resource | undefined): string {
  return new URL(reference, within?.uri ?? outermost).href.replace(/#$/, '');
}
