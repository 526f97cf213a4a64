import {
  getLineColLocation,
  type LineColLocationObject,
  type LocationObject,
  type NormalizedProblem,
  type Source,
  type YamlParseError,
} from '@redocly/openapi-core';
import { withRelativePaths } from '../cli/display-path.ts';
import type { Finding, Place } from '../cli/finding.ts';
import { adviceFor, type ContractFiles } from './advice.ts';
import { type Cause, findCauses } from './causes.ts';
import { codeFrame } from './code-frame.ts';
import type { ContractFinding } from './fault.ts';
import { sameKey, sameOperationId } from './twins.ts';

/**
 * Converts problems to findings: each cause once, errors first, and the foundations of other rules before those; then
 * file by file from top to bottom.
 *
 * @param files for suggestions, and for the other place of what is there twice
 */
export function toFindings(
  problems: readonly NormalizedProblem[],
  files: ContractFiles = { getFiles: () => new Set(), sources: new Map() },
): ContractFinding[] {
  return findCauses(problems)
    .map((cause) => toFinding(cause, files))
    .sort(
      (a, b) =>
        a.severity.localeCompare(b.severity) ||
        rank(a) - rank(b) ||
        a.file.localeCompare(b.file) ||
        a.line - b.line,
    );
}

/** A warning about a place in the first file of a contract, or about the whole file if the place is in another one. */
export function warningToFinding(source: Source, pointer: string, message: string): Finding {
  const place = placeWithin(getLineColLocation({ source, pointer, reportOnKey: true }));
  return {
    severity: 'warning',
    rule: 'generator',
    message,
    advice: '',
    pointer,
    frame: codeFrame(place),
    ...lineOf(place),
    others: [],
  };
}

/** A finding for a file with invalid syntax, at the place where the parser stopped. */
export function parseErrorToFinding({ message, source, line, col }: YamlParseError): Finding {
  return syntaxFinding(message, placeWithin({ source, pointer: undefined, start: { line, col } }));
}

/** A warning about a file whose faulty syntax has only one possible meaning. */
export function toleratedToFinding({ error, count }: { error: YamlParseError; count: number }): Finding {
  const { message, ...finding } = parseErrorToFinding(error);
  const places = count > 1 ? `, in ${count} places of this file` : '';
  return {
    ...finding,
    severity: 'warning',
    message: `${message.replace(/\.$/, `${places}.`)} It was read as most parsers read it; some refuse it.`,
  };
}

function rank({ rule }: Finding): number {
  const foundations = ['syntax', 'no-unresolved-refs', 'struct'];
  return foundations.includes(rule) ? foundations.indexOf(rule) : foundations.length;
}

function toFinding({ problem, others }: Cause, files: ContractFiles): ContractFinding {
  const place = placeOf(problem);
  if (problem.fault?.code === 'syntax') return syntaxFinding(problem.fault.reason, place);
  const twins =
    problem.ruleId === 'operation-operationId-unique' ? sameOperationId(place, files.sources) : [];
  // Two visits of one node can report it twice.
  const shown = new Set([keyOf(lineOf(place))]);
  const otherPlaces = others
    .map((other) => ({ ...lineOf(placeOf(other)), pointer: other.location[0]?.pointer }))
    .filter((each) => {
      const isNew = !shown.has(keyOf(each));
      shown.add(keyOf(each));
      return isNew;
    });
  return {
    severity: problem.severity === 'error' ? 'error' : 'warning',
    rule: problem.ruleId,
    message:
      problem.fault?.code === 'no-target'
        ? `${problem.message}: its target does not exist in the document.`
        : withRelativePaths(problem.message),
    fault: problem.fault,
    pointer: problem.location[0]?.pointer,
    advice: adviceFor(problem, files),
    frame: codeFrame(place),
    ...lineOf(place),
    others: [...twins, ...otherPlaces].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line),
  };
}

function keyOf({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

function placeOf(problem: NormalizedProblem): LineColLocationObject {
  return placeWithin(getLineColLocation(locationOf(problem)));
}

function locationOf({ ruleId, location: [location] }: NormalizedProblem): LocationObject {
  if (location === undefined) throw new Error(`The rule ${ruleId} reports a problem without a place.`);
  if (ruleId !== 'operation-operationId-unique' || location.pointer === undefined) return location;
  // This rule points at a child that does not exist, which the core shows as the whole operation.
  const { pointer } = location;
  return { ...location, pointer: `${pointer.slice(0, pointer.lastIndexOf('/') + 1)}operationId` };
}

/** What the parser adds to its messages: ` in "/home/me/spec/openapi.yaml" (4:11)`. */
const parserPlace = /(?: in "[^"]*")? \(\d+:\d+\)$/;

function syntaxFinding(message: string, place: LineColLocationObject): Finding {
  const isTwice = message.startsWith('duplicated mapping key');
  const [line = ''] = place.source.getLines().slice(place.start.line - 1);
  return {
    severity: 'error',
    rule: 'syntax',
    message: `Not valid YAML or JSON: ${message.replace(parserPlace, '')}.`,
    advice: adviceForSyntax(isTwice, line),
    frame: codeFrame(place),
    ...lineOf(place),
    others: isTwice ? sameKey(place) : [],
  };
}

function adviceForSyntax(isTwice: boolean, line: string): string {
  if (isTwice) return 'Remove one of the two, or give it another name.';
  const [, text = ''] = /^ *(?:- )?\w[\w-]*:(.*)$/.exec(line) ?? [];
  return text.includes(': ') && !/^["'{[|>#]/.test(text.trimStart())
    ? 'A text that contains a colon and a space stands in quotes, or below `|-` on lines of its own.'
    : 'Fix the syntax here: the text after it could not be read.';
}

/** The parser gives no place for some errors, and a place after the last line for a file that ends too early. */
function placeWithin(place: LineColLocationObject): LineColLocationObject {
  const { line, col } = place.start;
  const lastLine = place.source.getLines().length;
  return Number.isNaN(line)
    ? { ...place, start: { line: 1, col: 1 } }
    : { ...place, start: { line: Math.min(line, lastLine), col } };
}

function lineOf({ source, start }: LineColLocationObject): Place {
  return { file: source.absoluteRef, line: start.line, column: start.col };
}
