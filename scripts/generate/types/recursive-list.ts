import type { SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { type Document, resolve, schemaName } from '../client/document.ts';

interface Reference {
  $ref: string;
}

/** What TypeScript must know at once to know the type of a schema; it looks into objects only later. */
interface Parts {
  allOf?: unknown[];
  anyOf?: unknown[];
  oneOf?: unknown[];
  items?: unknown;
  prefixItems?: unknown[];
}

/**
 * A list whose items may be such lists again, as in a schema for any JSON: written as an array within `components`, it
 * would be refused as a type that refers to itself. What an interface extends is looked at later.
 */
export const recursiveListDeclaration =
  'export interface RecursiveList<Name extends keyof components["schemas"]> extends Array<components["schemas"][Name]> {}\n';

/**
 * The hook that returns the type of such a list; undefined for any other schema.
 *
 * @throws {Error} when a schema contains itself with neither an object nor such a list between
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

/** The names of the schemas that such lists hold, by the `$ref` of their items. */
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
      `${reference.$ref} leads back to itself by allOf, anyOf, oneOf or items alone, which no type can say. Put a property between, or give a list items that are nothing but a $ref to a schema in components.`,
    );
  }
  return lists;
}

/** Every `$ref` of the document, those that are the items of a list apart. */
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
  const met = new Set<unknown>();
  const open = partsOf(document, start);
  for (let next = open.pop(); next; next = open.pop()) {
    if (next === start) return true;
    if (met.has(next) || apart?.has(next as object)) continue;
    met.add(next);
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
