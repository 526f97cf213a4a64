import { type Document, schemaName } from '../client/document.ts';
import type { Remark } from './remark.ts';
import {
  forEachSchema,
  forEachWithin,
  isObject,
  type SchemaNode,
  schemaReference,
  unescapePointer,
} from './walk.ts';

const compositions = ['allOf', 'anyOf', 'oneOf'] as const;

/** A member of a schema's allOf, anyOf or oneOf that refers to another schema in components. */
interface Member {
  target: string;
  holder: SchemaNode[];
  node: SchemaNode;
  keyword: (typeof compositions)[number];
}

/**
 * Ends what no type can say: a schema that contains itself with neither a property nor a list between.
 *
 * A child is an allOf of its parent, and the parent a oneOf of its children: the child then gets what the parent says
 * apart from its children. A schema that is one of itself is no more for that. Anything longer becomes `unknown` at one
 * place. Lists are typed by `RecursiveList`, which needs the items to be a reference. What openapi-typescript writes of
 * such a schema does not compile: its issues 1603 and 1665.
 */
export function cutRecursion(document: Document, remarks: Remark[]): void {
  nameRecursiveItems(document);
  const schemas = (document.components?.schemas ?? {}) as Record<string, SchemaNode>;
  const graph = new Map(Object.entries(schemas).map(([name, schema]) => [name, membersOf(schema)]));
  const cyclic = [...graph.keys()].filter((name) => reaches(graph, name, name));
  // A child that is an allOf of its parent comes first: that is where the two are distinguished.
  for (const keywords of [['allOf'], compositions])
    for (const name of cyclic)
      for (const member of graph.get(name) ?? []) {
        if (!keywords.includes(member.keyword) || !reaches(graph, member.target, name)) continue;
        cut(schemas, graph, name, member);
        graph.set(
          name,
          (graph.get(name) ?? []).filter((each) => each !== member),
        );
        remarks.push({
          pointer: schemaReference(name),
          message: `${name} contains itself by ${member.keyword} alone, by way of ${member.target}. Its type leaves that out.`,
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
  const met = new Set<string>();
  const open = [start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const { target } of graph.get(name) ?? []) {
      if (target === goal) return true;
      if (!met.has(target)) open.push(target);
      met.add(target);
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

/** What a schema says apart from the members that lead back to it. */
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

/** A schema in components, and what is within it by composition and lists alone. */
const composed = /^#\/components\/schemas\/([^/]+)(\/(allOf|anyOf|oneOf)\/\d+|\/items)*$/;

/** The items of a list that lead back to it become a schema of their own. */
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

/** Whether a schema refers to another, however deep. */
function refersTo(schemas: Record<string, SchemaNode>, start: SchemaNode, goal: string): boolean {
  const met = new Set<string>();
  const open = [start];
  for (let schema = open.pop(); schema; schema = open.pop()) {
    forEachWithin(schema, (each) => {
      const name = schemaName(each);
      const target = name === undefined || met.has(name) ? undefined : schemas[name];
      if (name !== undefined) met.add(name);
      if (target) open.push(target);
    });
    if (met.has(goal)) return true;
  }
  return false;
}
