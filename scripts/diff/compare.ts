import { join } from 'node:path';
import { bundleContract } from '../contract/bundle.ts';
import { openContract } from '../contract/open.ts';
import { structuralRuleSet } from '../contract/rule-set.ts';
import type { Document } from '../openapi/document.ts';
import { type Affected, type Bump, type Change, describeSource } from './change.ts';
import { compareMeanings } from './meaning.ts';
import { askOasdiff, type OasdiffChange } from './oasdiff.ts';
import { placeOf, rate } from './rate.ts';
import { askRedocly, type RedoclyChange } from './redocly.ts';
import { joinRenames } from './renames.ts';
import { findUsage } from './usage.ts';

/**
 * The changes between two versions of a contract, found by two engines. Redocly's list is the base, as it is complete
 * and respects the direction of webhooks. Breaking changes that only oasdiff reports are added to it; a change that
 * only one engine calls breaking says so.
 *
 * The two name places differently, so they agree if both report something breaking in the same file or operation. For
 * events, only Redocly counts: oasdiff treats them as requests.
 *
 * @param base root of the base; `revision` likewise
 * @param spec path of the contract within both
 * @param reportFile a file for an engine to write to
 */
export async function compareContracts(
  base: string,
  revision: string,
  spec: string,
  reportFile: string,
): Promise<Change[]> {
  const [found, oasdiff, { harmless, usage }] = await Promise.all([
    askRedocly(base, revision, spec, reportFile).then(joinRenames),
    askOasdiff(base, revision, spec),
    readMeanings(join(base, spec), join(revision, spec)),
  ]);
  const breaking = found.filter(({ impact }) => impact === 'major');
  const objections = oasdiff.filter((change) => isObjection(change) && !harmless.has(change.place));
  const onlySaid = groupAlike(objections).filter(
    (group) => !group.some((other) => breaking.some((change) => touches(change, other))),
  );
  const rewritten = groupRewritten(
    found.filter((change) => reachedBy(change, oasdiff).every((place) => harmless.has(place))),
  );
  const changes = found
    .filter((change) => !rewritten.flat().includes(change))
    .flatMap((change) => toChange(change, oasdiff, usage));
  return [
    ...changes,
    ...rewritten.map((group) => joinRewritten(group, harmless)),
    ...onlySaid.map(fromOasdiff),
  ];
}

/**
 * `harmless`: the operations whose meaning has not changed, or only in a harmless way: a request now allows null, a
 * response now has a format. `usage`: whom each component affects.
 */
async function readMeanings(
  before: string,
  now: string,
): Promise<{ harmless: Map<string, Bump | undefined>; usage: Map<string, Affected> }> {
  const rules = await structuralRuleSet();
  const [old, current] = await Promise.all(
    [before, now].map(
      async (file) => (await bundleContract(await openContract(file, rules))).bundle as Document,
    ),
  );
  const harmless = new Map<string, Bump | undefined>();
  for (const [place, { request, response }] of compareMeanings(old as Document, current as Document)) {
    const isSame = request.size + response.size === 0;
    const harms =
      [...request].some((each) => each !== 'null-added') ||
      [...response].some((each) => each !== 'format-added');
    if (!harms) harmless.set(place, isSame ? undefined : 'minor');
  }
  return { harmless, usage: findUsage(current as Document) };
}

/** The operations that a change affects. Redocly names the first that uses a component, oasdiff all. */
function reachedBy({ path, source }: RedoclyChange, fromOasdiff: readonly OasdiffChange[]): string[] {
  const others = fromOasdiff.filter(
    (other) => other.source?.file === source.file && source.file.includes('/components/'),
  );
  return [placeOf(path), ...others.map(({ place }) => place)];
}

/** The change of a file whose schemas are written differently; none if only their documentation changed. */
function groupRewritten(found: readonly RedoclyChange[]): RedoclyChange[][] {
  const groups = new Map<string, RedoclyChange[]>();
  for (const change of found.filter(({ path }) => path.includes('schema'))) {
    groups.set(change.source.file, [...(groups.get(change.source.file) ?? []), change]);
  }
  return [...groups.values()].filter((group) => group.some((change) => rate(change)?.affects !== 'nobody'));
}

/** A schema that is written differently is one change, even with many changed keys. */
function joinRewritten(
  group: readonly RedoclyChange[],
  harmless: ReadonlyMap<string, Bump | undefined>,
): Change {
  const [{ path, source }] = group as [RedoclyChange];
  const isMore = harmless.get(placeOf(path)) === 'minor';
  const isResponse = path.includes('responses');
  const direction = isResponse ? 'readers' : 'callers';
  const news = isResponse ? 'a value of the response has a format' : 'a value of the request can be null';
  return {
    bump: isMore ? 'minor' : 'patch',
    affects: isMore ? direction : 'nobody',
    places: [...new Set(group.map((change) => placeOf(change.path)))],
    sources: [describeSource(source)],
    text: isMore
      ? `The schema has changed: ${news}.`
      : 'The schema is written differently, with the same meaning.',
  };
}

/** One change of a component is reported once for each operation that uses it, not always with its place. */
function groupAlike(fromOasdiff: readonly OasdiffChange[]): OasdiffChange[][] {
  const groups = new Map<string, OasdiffChange[]>();
  for (const change of fromOasdiff) {
    const key = `${change.id} ${change.source?.file ?? lastKey(change.text)}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

/** `weight` of "the response property `parcels/items/weight` became nullable", which differs by operation. */
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

function toChange(
  change: RedoclyChange,
  fromOasdiff: readonly OasdiffChange[],
  usage: ReadonlyMap<string, Affected>,
): Change[] {
  const rating = rate(change);
  if (rating === undefined) return [];
  const { path, source, impact } = change;
  // Redocly names the first operation that uses a component, oasdiff all.
  const alike = fromOasdiff.filter((other) => other.source?.file === source.file);
  const first = placeOf(path);
  const others = first !== '' && alike.length === 0 && source.file.includes('/components/');
  const places = [
    `${first}${others ? ' and all other operations that use it' : ''}`,
    ...alike.map(({ place }) => place),
  ];
  const disputed =
    impact === 'major' &&
    path[0] !== 'webhooks' &&
    !fromOasdiff.some((other) => isObjection(other) && touches(change, other));
  return [
    {
      ...rating,
      affects: rating.affects === 'nobody' ? 'nobody' : (usedBy(source.file, usage) ?? rating.affects),
      places: [...new Set(places.filter(Boolean))],
      sources: [describeSource(source)],
      ...(disputed ? { alone: 'Redocly' } : {}),
    },
  ];
}

/** Redocly names one use of a component; a request can use it as well. */
function usedBy(file: string, usage: ReadonlyMap<string, Affected>): Affected | undefined {
  const [, section, name] = /\/components\/(\w+)\/([^/]+)\.yaml$/.exec(file) ?? [];
  return section === undefined ? undefined : usage.get(`#/components/${section}/${name}`);
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

/** The names of its checks contain the direction. */
function affectedBy(id: string): Affected {
  if (id.includes('response')) return 'readers';
  return id.includes('request') ? 'callers' : 'both';
}
