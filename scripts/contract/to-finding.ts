import {
  getCodeframe,
  getLineColLocation,
  type LineColLocationObject,
  type LocationObject,
  type NormalizedProblem,
  type YamlParseError,
} from '@redocly/openapi-core';
import { withRelativePaths } from '../cli/display-path.ts';
import { printable } from '../cli/printable.ts';
import { adviceFor } from './advice.ts';
import type { Finding } from './finding.ts';

/** The problems that are to be shown, errors first, then file by file from top to bottom. */
export function toFindings(problems: readonly NormalizedProblem[]): Finding[] {
  return problems
    .filter((problem) => !problem.ignored && !repeatsParseError(problem))
    .map(toFinding)
    .sort((a, b) => a.severity.localeCompare(b.severity) || a.file.localeCompare(b.file) || a.line - b.line);
}

/** A file that is neither YAML nor JSON, at the place where the parser gave up. */
export function parseErrorToFinding({ message, source, line, col }: YamlParseError): Finding {
  return syntaxFinding(message, placeWithin({ source, pointer: undefined, start: { line, col } }));
}

/** A broken file is reported where it is broken; that each `$ref` to it leads nowhere is no further finding. */
function repeatsParseError({ message }: NormalizedProblem): boolean {
  return message.startsWith("Can't resolve $ref: ") && parserPlace.test(message);
}

function toFinding(problem: NormalizedProblem): Finding {
  const place = placeWithin(getLineColLocation(locationOf(problem)));
  if (problem.message.startsWith(parseFailure)) {
    return syntaxFinding(problem.message.slice(parseFailure.length), place);
  }
  return {
    severity: problem.severity === 'error' ? 'error' : 'warning',
    rule: problem.ruleId,
    message: describeUnresolved(problem.message),
    advice: adviceFor(problem),
    ...describePlace(place),
  };
}

function locationOf({ ruleId, location: [location] }: NormalizedProblem): LocationObject {
  if (location === undefined) throw new Error(`The rule ${ruleId} reports a problem without a place.`);
  if (ruleId !== 'operation-operationId-unique' || location.pointer === undefined) return location;
  // This rule points at a child with the name of the operation, and so in effect at the operation as a whole.
  return { ...location, pointer: location.pointer.replace(/[^/]*$/, 'operationId') };
}

const parseFailure = 'Failed to parse: ';

/** What the parser adds to its messages: ` in "/home/me/spec/openapi.yaml" (4:11)`. */
const parserPlace = /(?: in "[^"]*")? \(\d+:\d+\)$/;

function syntaxFinding(message: string, place: LineColLocationObject): Finding {
  return {
    severity: 'error',
    rule: 'syntax',
    message: `Not valid YAML or JSON: ${message.replace(parserPlace, '')}.`,
    advice: 'Mend the syntax at this place: what comes after it could not be read.',
    ...describePlace(place),
  };
}

function describeUnresolved(message: string): string {
  if (message === "Can't resolve $ref") return `${message}: there is nothing at that place of the document.`;
  return withRelativePaths(message);
}

/** The parser names no place at all for some faults, and one behind the last line for a file that ends too early. */
function placeWithin(place: LineColLocationObject): LineColLocationObject {
  const { line, col } = place.start;
  const lastLine = place.source.getLines().length;
  return Number.isNaN(line)
    ? { ...place, start: { line: 1, col: 1 } }
    : { ...place, start: { line: Math.min(line, lastLine), col } };
}

function describePlace(place: LineColLocationObject): Pick<Finding, 'file' | 'line' | 'column' | 'frame'> {
  return {
    file: place.source.absoluteRef,
    line: place.start.line,
    column: place.start.col,
    frame: frameOf(place),
  };
}

/** Coloured for a terminal, unless the contract itself has characters that would rule it. */
function frameOf(place: LineColLocationObject): string {
  const plain = getCodeframe(place, false);
  const safe = printable(plain);
  return safe === plain ? getCodeframe(place, process.stderr.isTTY) : safe;
}
