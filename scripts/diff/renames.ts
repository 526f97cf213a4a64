import { isDeepStrictEqual } from 'node:util';
import type { RedoclyChange } from './redocly.ts';

/**
 * Combines what is one change: the removal of a field or a schema, the addition of another with the same content, and
 * the change of `required`; the new name of a path, and that of its parameter.
 */
export function joinRenames(changes: readonly RedoclyChange[]): RedoclyChange[] {
  const joined = new Map<RedoclyChange, RedoclyChange>();
  const dropped = new Set<RedoclyChange>();
  for (const removed of changes.filter(isField('removed'))) {
    const [added, ...others] = changes.filter(
      (change) =>
        isField('added')(change) &&
        ownerOf(change) === ownerOf(removed) &&
        isDeepStrictEqual(change.after, removed.before),
    );
    if (added === undefined || others.length > 0) continue;
    const [from, to] = [removed.path.at(-1) ?? '', added.path.at(-1) ?? ''];
    joined.set(removed, {
      ...removed,
      kind: 'modified',
      impact: 'major',
      messages: [
        `${removed.path[0] === 'components' ? 'Schema' : 'Field'} \`${from}\` was renamed to \`${to}\`.`,
      ],
    });
    dropped.add(added);
    for (const change of changes) if (isRequiredOf(change, removed, [from, to])) dropped.add(change);
  }
  for (const { path } of changes.filter(({ property, path }) => property === 'key' && path.length === 2))
    for (const change of changes)
      if (change.typeName === 'Parameter' && change.property === 'name' && change.path[1] === path[1])
        dropped.add(change);
  return changes.filter((change) => !dropped.has(change)).map((change) => joined.get(change) ?? change);
}

function isField(kind: RedoclyChange['kind']): (change: RedoclyChange) => boolean {
  return ({ kind: its, path }) =>
    its === kind &&
    (path.at(-2) === 'properties' ||
      (path.length === 3 && path[0] === 'components' && path[1] === 'schemas'));
}

/** What a field or a schema belongs to. */
function ownerOf({ path, source }: RedoclyChange): string {
  return `${source.file} ${path.slice(0, -2).join(' ')}`;
}

/** Whether it only changes whether these names are required. */
function isRequiredOf(change: RedoclyChange, field: RedoclyChange, names: readonly string[]): boolean {
  if (change.property !== 'required' || change.path.join(' ') !== field.path.slice(0, -2).join(' '))
    return false;
  const [before, after] = [change.before, change.after].map(
    (value) => new Set(Array.isArray(value) ? value : []),
  );
  const changed = [...(before ?? [])].filter((name) => !after?.has(name));
  changed.push(...[...(after ?? [])].filter((name) => !before?.has(name)));
  return changed.every((name) => names.includes(name));
}
