import { type Affected, type Change, describeSource } from './change.ts';
import { askOasdiff, type OasdiffChange } from './oasdiff.ts';
import { placeOf, rate } from './rate.ts';
import { askRedocly, type RedoclyChange } from './redocly.ts';

/**
 * The changes between two versions of a contract, as two engines see them. Redocly's list is the base, as it is
 * complete and knows which way a webhook goes. What oasdiff alone calls breaking is added to it; of what Redocly alone
 * calls breaking this is said.
 *
 * The two do not name places alike, so they count as agreed where both see something breaking in the same file or at
 * the same operation. Events are left to Redocly: oasdiff takes them for requests.
 *
 * @param base root of the base; `revision` likewise
 * @param spec path of the contract within both
 * @param reportFile where an engine may write
 */
export async function compareContracts(
  base: string,
  revision: string,
  spec: string,
  reportFile: string,
): Promise<Change[]> {
  const [seen, said] = await Promise.all([
    askRedocly(base, revision, spec, reportFile),
    askOasdiff(base, revision, spec),
  ]);
  const breaking = seen.filter(({ impact }) => impact === 'major');
  const onlySaid = groupAlike(said.filter(isObjection)).filter(
    (group) => !group.some((other) => breaking.some((change) => touches(change, other))),
  );
  return [...seen.flatMap((change) => toChange(change, said)), ...onlySaid.map(fromOasdiff)];
}

/** One change of a component is reported once for each operation that uses it, not always with its place. */
function groupAlike(said: readonly OasdiffChange[]): OasdiffChange[][] {
  const groups = new Map<string, OasdiffChange[]>();
  for (const change of said) {
    const key = `${change.id} ${change.source?.file ?? lastKey(change.text)}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

/** `useCount` of "the response property `invitations/items/useCount` became nullable", which differs by operation. */
function lastKey(text: string): string {
  return /`(?:[^`]*\/)?([^`/]*)`/.exec(text)?.[1] ?? text;
}

function isObjection({ id, breaking, place }: OasdiffChange): boolean {
  return breaking && !place.startsWith('webhook ') && !id.startsWith('webhook-');
}

function touches({ path, source }: RedoclyChange, other: OasdiffChange): boolean {
  const place = placeOf(path);
  return (
    other.source?.file === source.file ||
    other.place === place ||
    (place !== '' && other.place.endsWith(` ${place}`))
  );
}

function toChange(change: RedoclyChange, said: readonly OasdiffChange[]): Change[] {
  const rating = rate(change);
  if (rating === undefined) return [];
  const { path, source, impact } = change;
  // Redocly names the first operation that uses a component, oasdiff each.
  const alike = said.filter((other) => other.source?.file === source.file);
  const first = placeOf(path);
  const others = first !== '' && alike.length === 0 && source.file.includes('/components/');
  const places = [
    `${first}${others ? ' and wherever else it is used' : ''}`,
    ...alike.map(({ place }) => place),
  ];
  const disputed =
    impact === 'major' &&
    path[0] !== 'webhooks' &&
    !said.some((other) => isObjection(other) && touches(change, other));
  return [
    {
      ...rating,
      places: [...new Set(places.filter(Boolean))],
      sources: [describeSource(source)],
      ...(disputed ? { alone: 'Redocly' } : {}),
    },
  ];
}

function fromOasdiff(group: readonly OasdiffChange[]): Change {
  const [{ id, text, source }] = group as [OasdiffChange];
  return {
    bump: 'major',
    affects: affectedBy(id),
    places: [...new Set(group.map(({ place }) => place))],
    sources: source === undefined ? [] : [describeSource(source)],
    text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`,
    alone: 'oasdiff',
  };
}

/** The names of its checks say which side they are about. */
function affectedBy(id: string): Affected {
  if (id.includes('response')) return 'readers';
  return id.includes('request') ? 'callers' : 'both';
}
