import { isDeepStrictEqual } from 'node:util';
import type { RedoclyChange } from './redocly.ts';

/**
 * Combines the removal of a field, the addition of another with the same schema, and the change of `required`, to one
 * change.
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
      impact: 'major',
      messages: [`Field \`${from}\` was renamed to \`${to}\`.`],
    });
    dropped.add(added);
    for (const change of changes) if (isRequiredOf(change, removed, [from, to])) dropped.add(change);
  }
  return changes.filter((change) => !dropped.has(change)).map((change) => joined.get(change) ?? change);
}

function isField(kind: RedoclyChange['kind']): (change: RedoclyChange) => boolean {
  return (change) => change.kind === kind && change.path.at(-2) === 'properties';
}

/** The schema that a field belongs to. */
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
