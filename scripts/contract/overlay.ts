import { readFileSync } from 'node:fs';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { parseYaml } from './parse-yaml.ts';

/** A change of a contract (https://spec.openapis.org/overlay/v1.0.0.html). */
interface Action {
  target: string;
  update?: unknown;
  remove?: boolean;
}

type Key = string | number | typeof EVERY;

const EVERY = Symbol('every');

/**
 * Applies the actions of an overlay file to a document, in their order. A target is a JSONPath of names, indexes and
 * `*`: `$.paths['/parcels'].get`, `$.paths.*.get`.
 *
 * @param file absolute path
 * @throws {Failure} if the file is not an overlay, or a target does not exist
 */
export function applyOverlay(document: object, file: string): object {
  const changed = structuredClone(document);
  for (const [index, action] of readActions(file).entries()) {
    const place = `Action ${index + 1} of ${displayPath(file)}`;
    const keys = parseTarget(action.target, place);
    const found = select(changed, keys);
    if (found.length === 0)
      throw new Failure(
        `${place} changes nothing: ${action.target} does not exist in the contract. Fix its target, or remove it.`,
      );
    for (const { parent, key } of found) apply(action, parent, key);
  }
  return changed;
}

function readActions(file: string): Action[] {
  const { overlay, actions } = Object(parse(file)) as { overlay?: unknown; actions?: unknown };
  if (typeof overlay !== 'string' || !overlay.startsWith('1.') || !Array.isArray(actions))
    throw new Failure(
      `${displayPath(file)} is not an overlay. It starts with "overlay: 1.0.0" and has a list of actions: https://spec.openapis.org/overlay/v1.0.0.html`,
    );
  const faulty = actions.findIndex(
    (action) => typeof Object(action).target !== 'string' || !('update' in action || action.remove === true),
  );
  if (faulty >= 0)
    throw new Failure(
      `Action ${faulty + 1} of ${displayPath(file)} needs a target, and an update or "remove: true".`,
    );
  return actions;
}

function parse(file: string): unknown {
  try {
    return parseYaml(readFileSync(file, 'utf8'));
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new Failure(`${displayPath(file)} could not be read: ${reason}`);
  }
}

/** Splits `$.paths['/parcels'].*` into its keys. */
function parseTarget(target: string, place: string): Key[] {
  const token = /\.(\*|[\w$-]+)|\[(?:'([^']*)'|"([^"]*)"|(\d+)|(\*))\]/y;
  const keys: Key[] = [];
  token.lastIndex = 1;
  while (target.startsWith('$') && token.lastIndex < target.length) {
    const match = token.exec(target);
    if (!match) break;
    keys.push(readKey(match));
    if (token.lastIndex === target.length) return keys;
  }
  throw new Failure(
    `${place} has the target ${target}. Use only names, indexes and *, such as $.paths['/parcels'].get.`,
  );
}

function readKey([, name, single, double, index, every]: RegExpExecArray): Key {
  if (every || name === '*') return EVERY;
  return index ? Number(index) : (name ?? single ?? double ?? '');
}

interface Place {
  parent: Record<Exclude<Key, symbol>, unknown>;
  key: Exclude<Key, symbol>;
}

function select(document: object, keys: Key[]): Place[] {
  let places: Place[] = [{ parent: { document }, key: 'document' }];
  for (const key of keys) {
    places = places.flatMap(({ parent, key: within }) => {
      const value = parent[within];
      if (typeof value !== 'object' || value === null) return [];
      const next = value as Place['parent'];
      if (key === EVERY) return Object.keys(next).map((name) => ({ parent: next, key: name }));
      return Object.hasOwn(next, key) ? [{ parent: next, key }] : [];
    });
  }
  return places;
}

function apply({ update, remove }: Action, parent: Place['parent'], key: Place['key']): void {
  if (!remove) parent[key] = merge(parent[key], update);
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

/** Merges objects, appends to lists, and replaces everything else. */
function merge(value: unknown, update: unknown): unknown {
  if (Array.isArray(value)) return [...value, ...[update].flat()];
  if (!isRecord(value) || !isRecord(update)) return update;
  const merged = Object.entries(update).map(([name, part]) => [
    name,
    name in value ? merge(value[name], part) : part,
  ]);
  return { ...value, ...Object.fromEntries(merged) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
