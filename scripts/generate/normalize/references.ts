import { type Document, resolve } from '../../openapi/document.ts';
import { unescapePointer } from '../../openapi/pointer.ts';
import type { Warning } from '../warning.ts';
import { forEachSchema, isObject, type Place, partsOf, type SchemaNode, schemaReference } from './walk.ts';

const componentPointer = /^#\/components\/schemas\/[^/]+$/;

/** A reference that openapi-typescript can resolve by name. */
const toComponent = /^#\/components\/(schemas|responses|parameters|headers|requestBodies|pathItems)\/[^/]+$/;

/**
 * Leaves only references to components.
 *
 * A schema that another `$ref` leads into (`#/paths/…/schema`, `#/components/parameters/X/schema`, `…/allOf/0`,
 * `#anchor`) moves to `components.schemas`, with its pointer as its name; other objects are copied to where they are
 * used. The types of openapi-typescript for such references do not compile: its issues 1658 and 1742.
 */
export function nameReferencedParts(document: Document, warnings: Warning[]): void {
  const anchors = new Map<string, string>();
  const references: SchemaNode[] = [];
  forEachSchema(document, ({ schema, pointer }) => {
    if (typeof schema.$anchor === 'string') anchors.set(`#${schema.$anchor}`, pointer());
    if (typeof schema.$ref === 'string') references.push(schema);
  });
  const sources = new Map<unknown, SchemaNode[]>();
  for (const schema of references) {
    schema.$ref = anchors.get(schema.$ref ?? '') ?? schema.$ref ?? '';
    const target = resolveReference(document, schema.$ref);
    // A missing schema allows any value.
    if (target === undefined) delete schema.$ref;
    else if (isObject(target) && !componentPointer.test(schema.$ref))
      sources.set(target, [...(sources.get(target) ?? []), schema]);
  }
  const places: Place[] = [];
  if (sources.size > 0) forEachSchema(document, (place) => sources.has(place.schema) && places.push(place));
  for (const place of places) {
    const $ref = moveToComponents(document, place);
    for (const source of sources.get(place.schema) ?? []) source.$ref = $ref;
    sources.delete(place.schema);
  }
  for (const source of [...sources.values()].flat()) {
    warnings.push({
      pointer: source.$ref ?? '#',
      message: 'A schema elsewhere refers to this, which is not a schema. Its type is unknown.',
    });
    delete source.$ref;
  }
  inlineOthers(document, document);
}

function resolveReference(document: Document, $ref: string): unknown {
  try {
    const keys = $ref.slice(2).split('/').map(readKey);
    return keys.reduce((value, key) => Object(value)[key], document as unknown);
  } catch {
    return undefined;
  }
}

function readKey(key: string): string {
  return unescapePointer(decodeURIComponent(key));
}

/** Moves a schema to components, leaves a reference in its old place, and returns the reference. */
function moveToComponents(document: Document, place: Place): string {
  const { schema, holder, key } = place;
  const pointer = place.pointer();
  if (componentPointer.test(pointer)) return pointer;
  const $ref = schemaReference(pointer);
  document.components ??= {};
  document.components.schemas ??= {};
  document.components.schemas[pointer] = schema;
  const { description, deprecated } = schema as { description?: string; deprecated?: boolean };
  holder[key] = { $ref, ...(description && { description }), ...(deprecated && { deprecated }) };
  return $ref;
}

/** Copies parameters, responses, headers and bodies that a reference finds outside of components. */
function inlineOthers(document: Document, node: object, within: object[] = []): void {
  for (const { keyword, value, holder, key } of partsOf(node)) {
    if (keyword === 'schemas' || keyword === 'schema') continue;
    const { $ref } = value as { $ref?: unknown };
    if (typeof $ref !== 'string' || toComponent.test($ref) || !$ref.startsWith('#/')) {
      inlineOthers(document, value, within);
      continue;
    }
    const target: object = resolve<object>(document, value as { $ref: string });
    if (!isObject(target) || within.includes(target)) continue;
    const copy = structuredClone(target);
    holder[key] = copy;
    inlineOthers(document, copy, [...within, target]);
  }
}
