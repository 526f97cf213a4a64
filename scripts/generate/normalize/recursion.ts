import { type Document, schemaName } from '../../openapi/document.ts';
import { unescapePointer } from '../../openapi/pointer.ts';
import type { Warning } from '../warning.ts';
import { forEachSchema, forEachWithin, isObject, type SchemaNode, schemaReference } from './walk.ts';

const compositions = ['allOf', 'anyOf', 'oneOf'] as const;

/** A member of a schema's allOf, anyOf or oneOf that refers to another schema in components. */
interface Member {
  target: string;
  holder: SchemaNode[];
  node: SchemaNode;
  keyword: (typeof compositions)[number];
}

/**
 * Removes recursion that a type cannot express: a schema that contains itself without a property or an array between.
 *
 * If a child is an allOf of its parent, and the parent a oneOf of its children, the child gets the other keywords of
 * the parent. A schema that is an alternative of itself loses that alternative. Longer cycles become `unknown` in one
 * place. Arrays get the type `RecursiveList`, which needs a reference to their items. The types of openapi-typescript
 * for such schemas do not compile: its issues 1603 and 1665.
 */
export function cutRecursion(document: Document, warnings: Warning[]): void {
  nameRecursiveItems(document);
  const schemas = (document.components?.schemas ?? {}) as Record<string, SchemaNode>;
  const graph = new Map(Object.entries(schemas).map(([name, schema]) => [name, membersOf(schema)]));
  const cyclic = [...graph.keys()].filter((name) => reaches(graph, name, name));
  // Handle children that are an allOf of their parent first.
  for (const keywords of [['allOf'], compositions])
    for (const name of cyclic)
      for (const member of graph.get(name) ?? []) {
        if (!keywords.includes(member.keyword) || !reaches(graph, member.target, name)) continue;
        cut(schemas, graph, name, member);
        graph.set(
          name,
          (graph.get(name) ?? []).filter((each) => each !== member),
        );
        warnings.push({
          pointer: schemaReference(name),
          message: `${name} contains itself by ${member.keyword}, through ${member.target}. Its type omits that.`,
        });
      }
}

function membersOf(schema: SchemaNode): Member[] {
  return compositions.flatMap((keyword) => {
    const holder = schema[keyword];
    if (!Array.isArray(holder)) return [];
    return holder.flatMap((node) => {
      const target = schemaName(node);
      if (target !== undefined) return [{ target, holder, node, keyword }];
      return isObject(node) ? membersOf(node) : [];
    });
  });
}

function reaches(graph: Map<string, Member[]>, start: string, goal: string): boolean {
  const visited = new Set<string>();
  const open = [start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const { target } of graph.get(name) ?? []) {
      if (target === goal) return true;
      if (!visited.has(target)) open.push(target);
      visited.add(target);
    }
  }
  return false;
}

function cut(
  schemas: Record<string, SchemaNode>,
  graph: Map<string, Member[]>,
  name: string,
  member: Member,
): void {
  const { holder, node, target } = member;
  const index = holder.indexOf(node);
  if (index === -1) return;
  if (target === name) holder.splice(index, 1);
  else if (graph.get(target)?.some((back) => back.target === name)) {
    const own = `#/components/schemas/${target}/own`;
    schemas[own] ??= withoutMembers(schemas[target] ?? {}, graph, target);
    holder[index] = { $ref: schemaReference(own) };
  } else holder[index] = {};
}

/** A schema without the members that lead back to it. */
function withoutMembers(schema: SchemaNode, graph: Map<string, Member[]>, name: string): SchemaNode {
  const { discriminator: _, ...copy } = schema;
  for (const keyword of compositions) {
    const kept = copy[keyword]?.filter((node) => {
      const target = schemaName(node);
      return target === undefined || !reaches(graph, target, name);
    });
    if (kept?.length) copy[keyword] = kept;
    else delete copy[keyword];
  }
  return copy;
}

/** A schema in components, and the schemas in it that are reached only by composition and arrays. */
const composed = /^#\/components\/schemas\/([^/]+)(\/(allOf|anyOf|oneOf)\/\d+|\/items)*$/;

/** Moves the items of an array that lead back to it to a separate schema. */
function nameRecursiveItems(document: Document): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, SchemaNode>;
  const found: [string, SchemaNode][] = [];
  forEachSchema(document, ({ schema, pointer }) => {
    const { items } = schema;
    if (!isObject(items) || Array.isArray(items) || items.$ref !== undefined) return;
    if (membersOf(items).length === 0) return;
    const component = composed.exec(pointer())?.[1];
    if (component === undefined || !refersTo(schemas, items, unescapePointer(component))) return;
    found.push([`${pointer()}/items`, schema]);
  });
  for (const [pointer, schema] of found) {
    schemas[pointer] = schema.items as SchemaNode;
    schema.items = { $ref: schemaReference(pointer) };
  }
}

/** Whether a schema refers to another one, at any depth. */
function refersTo(schemas: Record<string, SchemaNode>, start: SchemaNode, goal: string): boolean {
  const visited = new Set<string>();
  const open = [start];
  for (let schema = open.pop(); schema; schema = open.pop()) {
    forEachWithin(schema, (each) => {
      const name = schemaName(each);
      const target = name === undefined || visited.has(name) ? undefined : schemas[name];
      if (name !== undefined) visited.add(name);
      if (target) open.push(target);
    });
    if (visited.has(goal)) return true;
  }
  return false;
}
