import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { escapePointerFragment, type LocationObject } from '@redocly/openapi-core';
import { nearest } from '../cli/nearest.ts';
import { parseYaml } from './parse-yaml.ts';
import { valueAt } from './pointer.ts';
import { isNode, type Node } from './rules/node.ts';

/**
 * Suggests the correct text for an unresolved `$ref`: a similar name, the same name in another place, or the only
 * unused file in the same folder.
 *
 * @param place of the object with the `$ref`
 * @param known absolute paths of the files that were read
 */
export function meantTarget(place: LocationObject, known: ReadonlySet<string>): string | undefined {
  const { source, pointer } = place;
  const node = pointer === undefined ? undefined : valueAt(parseYaml(source.body), pointer).found;
  const ref = isNode(node) ? node.$ref : node;
  if (typeof ref !== 'string' || ref.includes('://')) return undefined;
  const [path = '', fragment = ''] = ref.split('#');
  const file = path === '' ? source.absoluteRef : join(dirname(source.absoluteRef), path);
  if (!existsSync(file)) {
    const meant = meantFile(file, known);
    return meant === undefined
      ? undefined
      : pathFrom(source.absoluteRef, meant) + (fragment && `#${fragment}`);
  }
  const text = file === source.absoluteRef ? source.body : readFileSync(file, 'utf8');
  const meant = meantPointer(parseYaml(text), fragment);
  return meant === undefined ? undefined : `${path}#${meant}`;
}

function meantFile(file: string, known: ReadonlySet<string>): string | undefined {
  const folder = dirname(file);
  const extension = extname(file);
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const beside = files.filter((name) => extname(name) === extension);
  // Compare without the extension, which would make short names look similar.
  const stems = beside.map((name) => basename(name, extension));
  const alike = nearest(basename(file, extension), stems);
  if (alike !== undefined) return join(folder, alike + extension);
  // The missing file itself is among the known ones.
  const elsewhere = [...known].find((each) => basename(each) === basename(file) && existsSync(each));
  if (elsewhere !== undefined) return elsewhere;
  const unread = beside.map((name) => join(folder, name)).filter((each) => !known.has(each));
  const [unused, ...others] = unread.filter((each) => !isNamedIn(each, unread));
  return others.length === 0 ? unused : undefined;
}

/** A file that only the missing file refers to was not read either. */
function isNamedIn(file: string, others: readonly string[]): boolean {
  return others.some((each) => each !== file && readFileSync(each, 'utf8').includes(basename(file)));
}

function pathFrom(file: string, target: string): string {
  return relative(dirname(file), target).replaceAll(sep, '/');
}

function meantPointer(document: unknown, pointer: string): string | undefined {
  const { parent, key, path } = valueAt(document, pointer);
  if (parent === undefined) return undefined;
  const alike = nearest(key, Object.keys(parent));
  if (alike !== undefined)
    return pointer.replace(path, path.slice(0, path.lastIndexOf('/') + 1) + escapePointerFragment(alike));
  const [, section, name = ''] = /^\/components\/([^/]+)\/([^/]+)$/.exec(pointer) ?? [];
  if (section === undefined) return undefined;
  const { components = {} } = document as { components?: Record<string, Node> };
  const other = Object.keys(components).find((each) => Object.hasOwn(components[each] ?? {}, name));
  return other === undefined ? undefined : `/components/${other}/${name}`;
}
