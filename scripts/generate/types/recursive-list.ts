import type { SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { type Document, resolve, schemaName } from '../../openapi/document.ts';

interface Reference {
  $ref: string;
}

/** The keywords that TypeScript resolves immediately; it resolves the properties of objects later. */
interface Parts {
  allOf?: unknown[];
  anyOf?: unknown[];
  oneOf?: unknown[];
  items?: unknown;
  prefixItems?: unknown[];
}

/**
 * An array whose items can be such arrays again, as in a schema for any JSON. As an array type in `components`,
 * TypeScript would refuse it as a type that refers to itself. It resolves the base of an interface later.
 */
export const recursiveListDeclaration =
  'export interface RecursiveList<Name extends keyof components["schemas"]> extends Array<components["schemas"][Name]> {}\n';

/**
 * The hook that returns the type of such an array; undefined for other schemas.
 *
 * @throws {Error} if a schema contains itself without an object or such an array between
 */
export function recursiveListType(document: object): (schema: SchemaObject) => ts.TypeNode | undefined {
  const lists = findRecursiveLists(document as Document);
  return (schema) => {
    const name = schema.type === 'array' ? lists.get(schema.items as object) : undefined;
    if (name === undefined) return undefined;
    const { factory } = ts;
    const literal = factory.createLiteralTypeNode(factory.createStringLiteral(name));
    const list = factory.createTypeReferenceNode('RecursiveList', [literal]);
    return schema.nullable
      ? factory.createUnionTypeNode([list, factory.createLiteralTypeNode(factory.createNull())])
      : list;
  };
}

/** The names of the item schemas of such arrays, by the `$ref` of the items. */
function findRecursiveLists(document: Document): Map<object, string> {
  const { items, others } = referencesIn(document);
  const lists = new Map<object, string>();
  for (const reference of items) {
    const name = schemaName(reference);
    if (name !== undefined && leadsToItself(document, reference)) lists.set(reference, name);
  }
  for (const reference of [...others, ...items]) {
    if (lists.has(reference) || !leadsToItself(document, reference, lists)) continue;
    throw new Error(
      `${reference.$ref} leads back to itself only by allOf, anyOf, oneOf or items, which a type cannot express. Add a property in between, or an array whose items are only a $ref to a schema in components.`,
    );
  }
  return lists;
}

/** Visits every `$ref` of the document, and says whether it is the items of an array. */
function referencesIn(document: object): Record<'items' | 'others', Reference[]> {
  const found: Record<'items' | 'others', Reference[]> = { items: [], others: [] };
  const open: [string, unknown][] = [['', document]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [key, value] = next;
    if (typeof value !== 'object' || value === null) continue;
    if (isReference(value)) found[key === 'items' ? 'items' : 'others'].push(value);
    else open.push(...Object.entries(value));
  }
  return found;
}

function leadsToItself(document: Document, start: Reference, apart?: Map<object, string>): boolean {
  const visited = new Set<unknown>();
  const open = partsOf(document, start);
  for (let next = open.pop(); next; next = open.pop()) {
    if (next === start) return true;
    if (visited.has(next) || apart?.has(next as object)) continue;
    visited.add(next);
    open.push(...partsOf(document, next));
  }
  return false;
}

function partsOf(document: Document, schema: unknown): unknown[] {
  if (isReference(schema)) return [resolve(document, schema)];
  const { allOf, anyOf, oneOf, items, prefixItems } = Object(schema) as Parts;
  return [allOf, anyOf, oneOf, items, prefixItems].flat().filter(Boolean);
}

function isReference(node: unknown): node is Reference {
  return typeof Object(node).$ref === 'string';
}
