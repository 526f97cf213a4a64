import { styleText } from 'node:util';
import type { Finding } from '../contract/finding.ts';
import { displayPath } from './display-path.ts';
import type { Failure } from './failure.ts';
import { printable } from './printable.ts';

/** Each finding as a block: place and rule, message, the code around it, what to do. Empty when there is none. */
export function formatFindings(findings: readonly Finding[]): string {
  return findings.map((finding) => `${formatFinding(finding)}\n\n`).join('');
}

/** All that a person is told of a failure. */
export function formatFailure({ findings, message }: Failure): string {
  return `${formatFindings(findings)}${printable(message)}\n`;
}

export function countFindings({ length }: readonly Finding[]): string {
  return length === 1 ? 'one finding' : `${length} findings`;
}

function formatFinding({ severity, rule, message, file, line, column, frame, advice }: Finding): string {
  const place = styleText('bold', `${displayPath(file)}:${line}:${column}`, { stream: process.stderr });
  const label = styleText(severity === 'error' ? 'red' : 'yellow', severity, { stream: process.stderr });
  return [`${place} ${label} ${rule}`, printable(message), indent(frame), printable(advice)]
    .filter(Boolean)
    .join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
