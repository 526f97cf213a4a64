import { dirname, join } from 'node:path';
import type { NormalizedProblem } from '@redocly/openapi-core';
import { nearest } from '../cli/nearest.ts';
import { type Problem, readFault } from './fault.ts';
import { parseYaml } from './parse-yaml.ts';
import { valueAt } from './pointer.ts';

/** A problem, and those with the same message in other places. */
export interface Cause {
  problem: Problem;
  others: Problem[];
}

/** Omits the problems that result from another one, and groups equal ones, so that one mistake is one finding. */
export function findCauses(problems: readonly NormalizedProblem[]): Cause[] {
  const shown = problems
    .map((problem): Problem => ({ ...problem, fault: readFault(problem.message) }))
    // A file with a syntax error is reported once; the unresolved `$ref`s to it are not further findings.
    .filter(({ ignored, fault }) => !ignored && fault?.code !== 'unread-target');
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

/** Whether it reports an invalid structure: other rules cannot check what is below. */
function isStructural({ ruleId }: Problem): boolean {
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

function followsFrom(problem: Problem, cause: Problem): boolean {
  const pointer = pointerOf(cause);
  const needed = needsSound[problem.ruleId];
  if (needed !== undefined) return needed.test(`${sourceOf(cause)}${pointer}`);
  if (sourceOf(problem) !== sourceOf(cause)) return false;
  // The `type` decides which keywords are allowed next to it.
  const isType = pointer.endsWith('/type');
  if (isStructural(problem))
    return isType && problem.fault?.code === 'not-allowed' && isBeside(problem, cause);
  return isBeneath(problem, isType ? parentOf(pointer) : pointer);
}

function isBeneath(problem: Problem, pointer: string): boolean {
  return `${pointerOf(problem)}/`.startsWith(`${pointer}/`);
}

function isBeside(problem: Problem, other: Problem): boolean {
  return (
    problem !== other &&
    sourceOf(problem) === sourceOf(other) &&
    parentOf(pointerOf(problem)) === parentOf(pointerOf(other))
  );
}

function isUnknownKey({ fault }: Problem): boolean {
  return fault?.code === 'unexpected' || fault?.code === 'undescribed';
}

/** A missing key can be present under a misspelled name: then it is a word of the message, or of the rule's name. */
function missedKey(problem: Problem, unknown: Problem): string | undefined {
  if (isUnknownKey(problem) || sourceOf(problem) !== sourceOf(unknown)) return undefined;
  if (!isBeneath(problem, parentOf(pointerOf(unknown)))) return undefined;
  return nearest(keyOf(unknown), `${problem.message} ${problem.ruleId}`.match(/\w+/g) ?? []);
}

/** An unknown key is harmless, unless it stands for a missing one. */
function withMissed(unknown: Problem, structural: readonly Problem[]): Problem {
  if (!isUnknownKey(unknown)) return unknown;
  const meant = structural.map((problem) => missedKey(problem, unknown)).find(Boolean);
  if (meant === undefined) return unknown;
  const { fault } = unknown;
  return {
    ...unknown,
    fault: fault?.code === 'unexpected' ? { ...fault, missing: meant } : fault,
    message: unknown.message.replace(/\.$/, `, and \`${meant}\` is missing.`),
    suggest: [meant],
  };
}

/** An example with TODOs is not complete yet. */
function isUnfinished(problem: Problem, shown: readonly Problem[]): boolean {
  if (!problem.ruleId.startsWith('no-invalid-')) return false;
  return shown.some(
    ({ ruleId, location: [place] }) =>
      ruleId === 'contract/no-todo' && place?.source.absoluteRef === sourceOf(problem),
  );
}

/** A field that a schema requires but does not describe is a mistake of the schema, not of each example. */
function lackedByItsSchema({ fault }: Problem, shown: readonly Problem[]): boolean {
  if (fault?.code !== 'undescribed') return false;
  return shown.some(({ fault: other }) => other?.code === 'undefined' && other.field === fault.field);
}

/** Groups of problems that are one mistake, and the problem that is shown for them. */
interface Group {
  first: Problem;
  problem: Problem;
  follows(problem: Problem): boolean;
}

function groupNeighbours(structural: readonly Problem[]): Group[] {
  const misplaced = structural.filter(isMisplaced);
  const byParent = groupBy(misplaced, (each) => `${sourceOf(each)}${parentOf(pointerOf(each))}`);
  return [...byParent.values()].flatMap((neighbours) => {
    const empty = neighbours.find(
      ({ fault }) => fault?.code === 'type' && fault.form && fault.got === 'null',
    );
    if (empty !== undefined) return [outdented(empty, neighbours)];
    const alike = groupBy(neighbours, ({ fault }) =>
      fault?.code === 'type' ? `${fault.type} ${fault.form}` : `${fault?.code}`,
    );
    return [...alike.values()].filter(({ length }) => length > 1).map(joined);
  });
}

/**
 * Lines with too little indentation become siblings of the key that they belong to: that key is empty then, and each
 * line is reported in its wrong place. A $ref among them is resolved to the wrong kind of object.
 */
function outdented(first: Problem, neighbours: readonly Problem[]): Group {
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
    problem:
      keys.length > 0
        ? { ...first, message, suggest: [], fault: { code: 'outdented', key: keyOf(first), beside: keys } }
        : first,
    follows: (other) =>
      other !== first &&
      (sourceOf(other) === target || (sourceOf(other) === sourceOf(first) && isBeneath(other, parent))),
  };
}

function joined(neighbours: readonly Problem[]): Group {
  const [first] = neighbours as [Problem];
  const keys = neighbours.map(keyOf);
  const { fault } = first;
  const isType = fault?.code === 'type';
  const type = isType && `\`${fault.type}\`${fault.form ? ` (${fault.form})` : ''}`;
  const message = type
    ? `Expected type ${type} at each of ${listKeys(keys)}.`
    : `${listKeys(keys)} are not expected here.`;
  return {
    first,
    problem: {
      ...first,
      message,
      suggest: [],
      fault: isType ? { ...fault, got: 'several' } : { code: 'unexpected', keys },
    },
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

function isMisplaced({ fault, suggest }: Problem): boolean {
  return fault?.code === 'type' || (fault?.code === 'unexpected' && suggest.length === 0);
}

function sourceOf({ location: [location] }: Problem): string | undefined {
  return location?.source.absoluteRef;
}

function pointerOf({ location: [location] }: Problem): string {
  return location?.pointer ?? '';
}

function parentOf(pointer: string): string {
  return pointer.replace(/\/[^/]*$/, '');
}

function keyOf(problem: Problem): string {
  return pointerOf(problem).replace(/^.*\//, '').replaceAll('~1', '/').replaceAll('~0', '~');
}
