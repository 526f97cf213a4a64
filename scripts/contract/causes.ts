import { dirname, join } from 'node:path';
import type { NormalizedProblem } from '@redocly/openapi-core';
import { nearest } from '../cli/nearest.ts';
import { parseYaml } from './parse-yaml.ts';
import { valueAt } from './pointer.ts';

/** A problem, and those with the same message in other places. */
export interface Cause {
  problem: NormalizedProblem;
  others: NormalizedProblem[];
}

/** Omits the problems that result from another one, and groups equal ones, so that one mistake is one finding. */
export function findCauses(problems: readonly NormalizedProblem[]): Cause[] {
  const shown = problems.filter((problem) => !problem.ignored && !repeatsParseError(problem));
  const structural = shown.filter(isStructural);
  const groups = groupNeighbours(structural);
  const misspelt = shown.filter(isUnknownKey);
  const causes = shown.filter(
    (problem) =>
      !groups.some((group) => group.follows(problem)) &&
      !misspelt.some((unknown) => missedKey(problem, unknown)) &&
      !lackedByItsSchema(problem, shown) &&
      !isUnfinished(problem, shown) &&
      !structural.some((cause) => followsFrom(problem, cause)),
  );
  const found = new Map<string, Cause>();
  for (const each of causes) {
    const problem = groups.find(({ first }) => first === each)?.problem ?? withMissed(each, structural);
    // The index of an item of an example does not matter.
    const key = `${problem.ruleId} ${problem.message.replace(/ `\d+` property /, ' ')}`;
    const cause = found.get(key);
    if (cause === undefined) found.set(key, { problem, others: [] });
    else cause.others.push(problem);
  }
  return [...found.values()];
}

/** A file with a syntax error is reported once; the unresolved `$ref`s to it are not further findings. */
function repeatsParseError({ message }: NormalizedProblem): boolean {
  return message.startsWith("Can't resolve $ref: ") && / \(\d+:\d+\)$/.test(message);
}

/** Whether it reports an invalid structure: other rules cannot check what is below. */
function isStructural({ ruleId }: NormalizedProblem): boolean {
  return ruleId === 'struct' || ruleId === 'no-unresolved-refs';
}

/** What a rule compares with and must be valid first: the schema of an example, the parameters of a path. */
const needsSound: Record<string, RegExp> = {
  'no-invalid-schema-examples': /./,
  'no-invalid-media-type-examples': /./,
  'no-invalid-parameter-examples': /./,
  // The target of a misspelled reference is not unused.
  'contract/no-unused-files': /./,
  'contract/named-events': /./,
  'path-parameters-defined': /\/parameters\b/,
  'security-defined': /\/securitySchemes\b/,
};

function followsFrom(problem: NormalizedProblem, cause: NormalizedProblem): boolean {
  const pointer = pointerOf(cause);
  const needed = needsSound[problem.ruleId];
  if (needed !== undefined) return needed.test(`${sourceOf(cause)}${pointer}`);
  if (sourceOf(problem) !== sourceOf(cause)) return false;
  // The `type` decides which keywords are allowed next to it.
  const isType = pointer.endsWith('/type');
  if (isStructural(problem))
    return isType && problem.message.endsWith('is not allowed here.') && isBeside(problem, cause);
  return isBeneath(problem, isType ? parentOf(pointer) : pointer);
}

function isBeneath(problem: NormalizedProblem, pointer: string): boolean {
  return `${pointerOf(problem)}/`.startsWith(`${pointer}/`);
}

function isBeside(problem: NormalizedProblem, other: NormalizedProblem): boolean {
  return (
    problem !== other &&
    sourceOf(problem) === sourceOf(other) &&
    parentOf(pointerOf(problem)) === parentOf(pointerOf(other))
  );
}

function isUnknownKey({ message }: NormalizedProblem): boolean {
  return / is not expected here\.$| unevaluated properties /.test(message);
}

/** A missing key can be present under a misspelled name: then it is a word of the message, or of the rule's name. */
function missedKey(problem: NormalizedProblem, unknown: NormalizedProblem): string | undefined {
  if (isUnknownKey(problem) || sourceOf(problem) !== sourceOf(unknown)) return undefined;
  if (!isBeneath(problem, parentOf(pointerOf(unknown)))) return undefined;
  return nearest(keyOf(unknown), `${problem.message} ${problem.ruleId}`.match(/\w+/g) ?? []);
}

/** An unknown key is harmless, unless it stands for a missing one. */
function withMissed(unknown: NormalizedProblem, structural: readonly NormalizedProblem[]): NormalizedProblem {
  if (!isUnknownKey(unknown)) return unknown;
  const meant = structural.map((problem) => missedKey(problem, unknown)).find(Boolean);
  if (meant === undefined) return unknown;
  return {
    ...unknown,
    message: unknown.message.replace(/\.$/, `, and \`${meant}\` is missing.`),
    suggest: [meant],
  };
}

/** An example with TODOs is not complete yet. */
function isUnfinished(problem: NormalizedProblem, shown: readonly NormalizedProblem[]): boolean {
  if (!problem.ruleId.startsWith('no-invalid-')) return false;
  return shown.some(
    ({ ruleId, location: [place] }) =>
      ruleId === 'contract/no-holes' && place?.source.absoluteRef === sourceOf(problem),
  );
}

/** A field that a schema requires but does not describe is a mistake of the schema, not of each example. */
function lackedByItsSchema({ message }: NormalizedProblem, shown: readonly NormalizedProblem[]): boolean {
  const [, field] = /unevaluated properties `(.*)`/.exec(message) ?? [];
  return shown.some(
    ({ ruleId, message: other }) =>
      ruleId === 'no-required-schema-properties-undefined' && other.includes(` '${field}' `),
  );
}

/** Groups of problems that are one mistake, and the problem that is shown for them. */
interface Group {
  first: NormalizedProblem;
  problem: NormalizedProblem;
  follows(problem: NormalizedProblem): boolean;
}

function groupNeighbours(structural: readonly NormalizedProblem[]): Group[] {
  const misplaced = structural.filter(isMisplaced);
  const byParent = groupBy(misplaced, (each) => `${sourceOf(each)}${parentOf(pointerOf(each))}`);
  return [...byParent.values()].flatMap((neighbours) => {
    const empty = neighbours.find(({ message }) => message.endsWith('but got `null`'));
    if (empty !== undefined) return [outdented(empty, neighbours)];
    const alike = groupBy(neighbours, ({ message }) => message.replace(/^Property `.*?`| but got .*/, ''));
    return [...alike.values()].filter(({ length }) => length > 1).map(joined);
  });
}

/**
 * Lines with too little indentation become siblings of the key that they belong to: that key is empty then, and each
 * line is reported in its wrong place. A $ref among them is resolved to the wrong kind of object.
 */
function outdented(first: NormalizedProblem, neighbours: readonly NormalizedProblem[]): Group {
  const parent = parentOf(pointerOf(first));
  const { found: node } = valueAt(parseYaml(first.location[0]?.source.body ?? ''), parent);
  const { $ref } = Object(node) as { $ref?: unknown };
  const target = typeof $ref === 'string' ? join(dirname(sourceOf(first) ?? ''), $ref) : undefined;
  const keys = neighbours.filter((each) => each !== first).map(keyOf);
  if (target !== undefined) keys.push('$ref');
  const stand = `${listKeys(keys)} stand${keys.length === 1 ? 's' : ''}`;
  const message = `\`${keyOf(first)}\` is empty, and ${stand} beside it where nothing like that is expected.`;
  return {
    first,
    problem: keys.length > 0 ? { ...first, message, suggest: [] } : first,
    follows: (other) =>
      other !== first &&
      (sourceOf(other) === target || (sourceOf(other) === sourceOf(first) && isBeneath(other, parent))),
  };
}

function joined(neighbours: readonly NormalizedProblem[]): Group {
  const [first] = neighbours as [NormalizedProblem];
  const [, type] = /^Expected type (`.*?`(?: \(\w+\))?)/.exec(first.message) ?? [];
  const message = type
    ? `Expected type ${type} at each of ${listKeys(neighbours.map(keyOf))}.`
    : `${listKeys(neighbours.map(keyOf))} are not expected here.`;
  return {
    first,
    problem: { ...first, message, suggest: [] },
    follows: (other) => other !== first && neighbours.includes(other),
  };
}

function groupBy<Item>(items: readonly Item[], keyOfItem: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

function listKeys(keys: readonly string[]): string {
  const quoted = keys.map((key) => `\`${key}\``);
  return keys.length > 6 ? `${quoted.slice(0, 5).join(', ')} and ${keys.length - 5} more` : quoted.join(', ');
}

function isMisplaced({ message, suggest }: NormalizedProblem): boolean {
  return (
    message.startsWith('Expected type ') ||
    (message.endsWith('is not expected here.') && suggest.length === 0)
  );
}

function sourceOf({ location: [location] }: NormalizedProblem): string | undefined {
  return location?.source.absoluteRef;
}

function pointerOf({ location: [location] }: NormalizedProblem): string {
  return location?.pointer ?? '';
}

function parentOf(pointer: string): string {
  return pointer.replace(/\/[^/]*$/, '');
}

function keyOf(problem: NormalizedProblem): string {
  return pointerOf(problem).replace(/^.*\//, '').replaceAll('~1', '/').replaceAll('~0', '~');
}
