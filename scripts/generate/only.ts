import { wrongCall } from '../cli/flags.ts';
import { suggest } from '../cli/nearest.ts';
import {
  type Document,
  methods,
  type OperationObject,
  type PathItem,
  type Reference,
  resolve,
  schemaName,
} from '../openapi/document.ts';
import { pointerTo, unescapePointer } from '../openapi/pointer.ts';

type Node = Record<string, unknown>;

/** Where operations are. */
const sections = ['paths', 'webhooks', 'x-webhooks'] as const;

/** A name can contain a comma as well. */
const separator = /,\s*(?=(?:tag|path|operation):)/;

/** An operation or a webhook of the contract, and how `--only` can name it. */
interface Entry {
  item: PathItem;
  method: string;
  names: Record<'tag' | 'path' | 'operation', string[]>;
}

/**
 * Keeps the operations that one of the selectors names, and what they refer to: `tag:Parcels`, `operation:getSite`,
 * or `path:/site/*`, where `*` stands for any text. Several are separated by commas.
 *
 * @throws {Failure} for a selector that is not one, or that names no operation
 */
export function selectOperations(bundle: object, only: string): object {
  const document = structuredClone(bundle) as Document & Node;
  const entries = sections.flatMap((section) => entriesOf(document, section));
  const kept = new Set(only.split(separator).flatMap((selector) => select(entries, selector.trim())));
  const removed = entries.filter((entry) => !kept.has(entry));
  inlineReferences(
    document,
    structuredClone(document),
    [...kept].map(({ item, method }) => item[method as 'get']),
  );
  for (const { item, method } of removed) delete item[method as 'get'];
  for (const section of sections) {
    const items = Object.entries(document[section] ?? {});
    if (document[section])
      document[section] = Object.fromEntries(
        items.filter(([, item]) => operationsOf(item as object).length > 0),
      ) as Record<string, PathItem>;
  }
  dropUnused(document);
  const tags = new Set([...kept].flatMap(({ names }) => names.tag));
  if (Array.isArray(document.tags)) document.tags = document.tags.filter((tag) => tags.has(Object(tag).name));
  return document;
}

function entriesOf(document: Document & Node, section: (typeof sections)[number]): Entry[] {
  const items = (document[section] ?? {}) as Record<string, PathItem | Reference>;
  return Object.entries(items).flatMap(([path, node]) => {
    if (typeof node !== 'object' || node === null || path.startsWith('x-')) return [];
    const item = { ...resolve<PathItem>(document, node) };
    items[path] = item;
    return operationsOf(item).map((method) => {
      const { operationId, tags = [] } = item[method as 'get'] as OperationObject & { tags?: string[] };
      const names = {
        tag: Array.isArray(tags) ? tags : [],
        path: section === 'paths' ? [path] : [],
        operation: operationId === undefined ? [] : [operationId],
      };
      return { item, method, names };
    });
  });
}

/** Also those of OpenAPI 3.2. */
function operationsOf(item: object): string[] {
  const all: readonly string[] = [...methods, 'query', 'additionalOperations'];
  return Object.keys(item).filter((key) => all.includes(key));
}

function select(entries: Entry[], selector: string): Entry[] {
  const [, kind, text = ''] = /^(tag|path|operation):(.+)$/.exec(selector) ?? [];
  if (kind === undefined)
    throw wrongCall(`--only takes tag:NAME, path:PATH or operation:ID, but got "${selector}".`);
  const namesOf = ({ names }: Entry) => names[kind as keyof Entry['names']];
  const matches = kind === 'path' ? globMatcher(text) : (name: string) => name === text;
  const found = entries.filter((entry) => namesOf(entry).some(matches));
  if (found.length > 0) return found;
  const advice = suggest(text, new Set(entries.flatMap(namesOf)), `${kind}:`);
  throw wrongCall(`--only ${selector} names no operation of the contract.${advice}`);
}

/** Compares the texts between the stars, in order: a pattern of many stars stays linear. */
function globMatcher(pattern: string): (path: string) => boolean {
  const [start = '', ...parts] = pattern.split('*');
  const end = parts.pop();
  return (path) => {
    if (end === undefined) return path === start;
    if (!path.startsWith(start) || !path.endsWith(end) || path.length < start.length + end.length)
      return false;
    let from = start.length;
    for (const part of parts) {
      const found = path.indexOf(part, from);
      if (found === -1 || found + part.length > path.length - end.length) return false;
      from = found + part.length;
    }
    return true;
  };
}

/** Replaces the references into other operations by what is there, as those may be removed. */
function inlineReferences(
  document: Document,
  original: Document,
  node: unknown,
  within: string[] = [],
): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    const { $ref } = Object(value) as { $ref?: unknown };
    if (typeof $ref !== 'string' || !/^#\/(paths|webhooks)\//.test($ref) || within.includes($ref)) {
      inlineReferences(document, original, value, within);
      continue;
    }
    const keys = $ref.slice(2).split('/').map(readKey);
    const target = structuredClone(keys.reduce((found: unknown, name) => Object(found)[name], original));
    (node as Node)[key] = target;
    inlineReferences(document, original, target, [...within, $ref]);
  }
}

/** Removes the components that nothing refers to. */
function dropUnused(document: Document & Node): void {
  const components = (document.components ?? {}) as Record<string, Node>;
  const used = new Set<string>();
  const children = childrenOf(components.schemas ?? {});
  const use = ($ref: string) => {
    const [section = '', name = ''] = $ref.slice('#/components/'.length).split('/').map(readKey);
    const pointer = pointerTo('components', section, name);
    if (used.has(pointer)) return;
    used.add(pointer);
    visit(components[section]?.[name]);
  };
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { $ref, discriminator } = node as { $ref?: unknown; discriminator?: { mapping?: object } };
    if (typeof $ref === 'string' && $ref.startsWith('#/components/')) use($ref);
    for (const target of Object.values(Object(discriminator).mapping ?? {}) as string[])
      use(
        String(target).startsWith('#/components/')
          ? String(target)
          : pointerTo('components', 'schemas', String(target)),
      );
    // The values of a discriminator are those of the schemas that extend this one.
    if (discriminator)
      for (const child of children.get(node) ?? []) use(pointerTo('components', 'schemas', child));
    for (const value of Object.values(node)) visit(value);
  };
  const { components: _, ...rest } = document;
  visit(rest);
  for (const [section, named] of Object.entries(components))
    if (section !== 'securitySchemes' && !section.startsWith('x-'))
      for (const name of Object.keys(named))
        if (!used.has(pointerTo('components', section, name))) delete named[name];
}

/** The names of the schemas that are an allOf of another one, by that one. */
function childrenOf(schemas: Node): Map<unknown, string[]> {
  const children = new Map<unknown, string[]>();
  for (const [name, schema] of Object.entries(schemas)) {
    const { allOf } = Object(schema) as { allOf?: unknown };
    for (const part of Array.isArray(allOf) ? allOf : []) {
      const parent = schemas[schemaName(part) ?? ''];
      if (parent) children.set(parent, [...(children.get(parent) ?? []), name]);
    }
  }
  return children;
}

function readKey(key: string): string {
  return unescapePointer(decodeURIComponent(key));
}
