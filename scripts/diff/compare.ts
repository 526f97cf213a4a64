import { join } from 'node:path';
import { bundleContract } from '../contract/bundle.ts';
import { openContract } from '../contract/open.ts';
import { structuralRuleSet } from '../contract/rule-set.ts';
import type { Document } from '../openapi/document.ts';
import { unescapePointer } from '../openapi/pointer.ts';
import { compareAccess } from './access.ts';
import { type Change, describeSource, type Rating } from './change.ts';
import { compareMeanings } from './meaning.ts';
import { placeOf, rate } from './rate.ts';
import { askRedocly, type RedoclyChange } from './redocly.ts';
import { joinRenames } from './renames.ts';
import { findUsage, type Usage } from './usage.ts';

/**
 * The changes between two versions of a contract. Redocly finds and rates them. What it cannot know is ours: whether two
 * ways to write a schema mean the same, where a caller sends a request and with which credentials, what a change does to
 * the types, and whom it affects.
 *
 * @param base root of the base; `revision` likewise
 * @param spec path of the contract within the base
 * @param reportFile a file for Redocly to write to
 * @param revisionSpec path of the contract within the revision
 */
export async function compareContracts(
  base: string,
  revision: string,
  spec: string,
  reportFile: string,
  revisionSpec: string = spec,
): Promise<Change[]> {
  const [found, before, now] = await Promise.all([
    askRedocly(base, revision, [spec, revisionSpec], reportFile).then(joinRenames),
    readVersion(base, spec),
    readVersion(revision, revisionSpec),
  ]);
  const usageOf = (change: RedoclyChange) => (change.source.removed ? before : now).usageOf(change);
  const access = compareAccess(before.document, now.document);
  const [harmless, all] = findHarmless(before.document, now.document);
  const reachedBy = (change: RedoclyChange) => [
    ...(usageOf(change)?.places ?? placesOf(placeOf(change.path), all)),
  ];
  const isRewritten = (change: RedoclyChange) => {
    const reached = reachedBy(change);
    return isPart(change) && reached.length > 0 && reached.every((place) => harmless.has(place));
  };
  const rewritten = groupBy(found.filter(isRewritten), ({ path }) => placesOf(placeOf(path), all).join())
    // Documentation alone.
    .filter((group) => group.some((change) => rate(change)?.affects !== 'nobody'));
  const changes = found
    .filter((change) => !rewritten.flat().includes(change))
    .filter((change) => !access.some(({ of }) => change.path.includes(of)));
  return [
    ...access.map(({ of, places, ...rating }) => ({
      ...rating,
      places: places.length === all.length ? [] : places,
      sources: found.filter(({ path }) => path.includes(of)).map(({ source }) => describeSource(source)),
    })),
    ...changes.flatMap((change): Change[] => {
      const rating = rate(change, usageOf(change)?.affects);
      const where = { places: reachedBy(change), sources: [describeSource(change.source)] };
      return rating ? [{ ...rating, ...where }] : [];
    }),
    ...rewritten.map((group) => {
      const [first] = group;
      const places = [...new Set(group.flatMap(reachedBy))];
      const isMore = places.some((place) => harmless.get(place));
      return { ...rateRewritten(first, isMore), places, sources: [describeSource(first.source)] };
    }),
  ];
}

interface Version {
  document: Document;
  /** The usage of the component that a change of this version is in; undefined if it is in none. */
  usageOf(change: RedoclyChange): Usage | undefined;
}

async function readVersion(root: string, spec: string): Promise<Version> {
  const contract = await openContract(join(root, spec), await structuralRuleSet());
  const document = (await bundleContract(contract)).bundle as Document;
  const files = new Map<string, unknown>();
  for (const file of contract.resolver.getFiles())
    files.set(file, Object(await contract.resolver.resolveDocument(null, file)).parsed);
  const components = new Map<unknown, string>();
  for (const [section, named] of Object.entries(document.components ?? {}))
    for (const [name, node] of Object.entries(named)) components.set(node, `#/components/${section}/${name}`);
  const usage = findUsage(document);
  return {
    document,
    usageOf({ source: { file }, pointer }) {
      // The bundle has the nodes of the files.
      let node: unknown = files.get(join(root, file));
      let component = components.get(node);
      for (const key of pointer.split('/').slice(1)) {
        node = Object(node)[unescapePointer(key)];
        component = components.get(node) ?? component;
      }
      return usage.get(component ?? '');
    },
  };
}

/**
 * The operations whose meaning has not changed, or only in a harmless way: a request now allows null, a response now has
 * a format. And all.
 *
 * @returns whether an operation has changed, by its name
 */
function findHarmless(before: Document, now: Document): [Map<string, boolean>, string[]] {
  const harmless = new Map<string, boolean>();
  const meanings = compareMeanings(before, now);
  for (const [place, { request, response }] of meanings) {
    const harms =
      [...request].some((each) => each !== 'null-added') ||
      [...response].some((each) => each !== 'format-added');
    if (!harms) harmless.set(place, request.size + response.size > 0);
  }
  return [harmless, [...meanings.keys()].filter((place) => !place.startsWith('webhook '))];
}

/** What is written for a path applies to each of its operations. */
function placesOf(place: string, all: readonly string[]): string[] {
  const operations = all.filter((each) => place.startsWith('/') && each.endsWith(` ${place}`));
  return operations.length > 0 ? operations : [place].filter(Boolean);
}

/** Whether it is a change of what is sent or received, which the meaning of an operation contains. */
function isPart({ path, kind, property }: RedoclyChange): boolean {
  const parts = ['parameters', 'requestBody', 'responses', 'callbacks'];
  if (path[0] === 'webhooks') return path.length > 2 && property !== 'key';
  return parts.some((each) => path.includes(each)) && !(path[0] === 'components' && kind !== 'modified');
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): [Item, ...Item[]][] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

/**
 * A part that is written differently is one change, even with many changed keys.
 *
 * @param isMore whether it means more than before
 */
function rateRewritten({ path }: RedoclyChange, isMore: boolean): Rating {
  if (!isMore)
    return { bump: 'patch', affects: 'nobody', text: 'It is written differently, with the same meaning.' };
  const isResponse = path.includes('responses');
  const news = isResponse ? 'a value of the response has a format' : 'a value of the request can be null';
  return {
    bump: 'minor',
    affects: isResponse ? 'readers' : 'callers',
    text: `The schema has changed: ${news}.`,
  };
}
