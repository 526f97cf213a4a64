import {
  getCodeframe,
  getLineColLocation,
  type NormalizedProblem,
  type YamlParseError,
} from '@redocly/openapi-core';
import { adviceFor } from './advice.ts';
import type { Finding } from './finding.ts';

/** A problem as the linter and the bundler report it, with its place in lines and columns. */
export function toFinding(problem: NormalizedProblem): Finding {
  const [location] = problem.location;
  if (location === undefined)
    throw new Error(`The rule ${problem.ruleId} reports a problem without a place.`);
  const place = getLineColLocation(location);
  return {
    severity: problem.severity === 'error' ? 'error' : 'warning',
    rule: problem.ruleId,
    message: problem.message,
    file: place.source.absoluteRef,
    line: place.start.line,
    column: place.start.col,
    frame: getCodeframe(place, process.stderr.isTTY),
    advice: adviceFor(problem),
  };
}

/** A file that is neither YAML nor JSON, at the place where the parser gave up. */
export function parseErrorToFinding({ message, source, line, col }: YamlParseError): Finding {
  // The parser counts a place behind the last line when the file ends too early.
  const start = { line: Math.min(line, source.getLines().length), col };
  return {
    severity: 'error',
    rule: 'yaml',
    message: message.replace(/ \(\d+:\d+\)$/, ''),
    file: source.absoluteRef,
    ...{ line: start.line, column: start.col },
    frame: getCodeframe({ source, pointer: undefined, start }, process.stderr.isTTY),
    advice: 'Mend the syntax at this place: nothing behind it could be read.',
  };
}
