import { styleText } from 'node:util';
import { displayPath } from './display-path.ts';
import type { Failure } from './failure.ts';
import type { Finding, Place } from './finding.ts';
import { printable } from './printable.ts';

/** How many of the findings are shown. */
export interface Shown {
  /** Show everything: each finding with its code, and each place. */
  all: boolean;
  /** The call that shows everything. */
  toSeeAll: string;
}

/** The first of many findings, the cause, must still be on the screen. */
const limits = { blocks: 5, lines: 15, places: 4 };

const byDefault: Shown = { all: false, toSeeAll: 'npm run lint -- --all' };

/**
 * Formats the first findings as blocks: place and rule, message, code frame, how to fix it. The others get one line
 * each, and if there are too many, only their number is shown. Empty without findings.
 */
export function formatFindings(findings: readonly Finding[], shown: Shown = byDefault): string {
  const { blocks, lines } = shown.all ? { blocks: findings.length, lines: 0 } : limits;
  const rest = findings.slice(blocks);
  const more = rest.length - lines;
  return [
    ...findings.slice(0, blocks).map((finding) => `${formatBlock(finding, shown.all)}\n\n`),
    ...rest.slice(0, lines).map((finding) => `${formatLine(finding)}\n`),
    ...(more > 0 ? [`... and ${more} more.\n`] : []),
    ...(rest.length > 0 ? [`\`${shown.toSeeAll}\` shows all of them with their code.\n\n`] : []),
  ].join('');
}

/** A failure as text for a terminal. */
export function formatFailure({ findings, message }: Failure, shown?: Shown): string {
  return `${formatFindings(findings, shown)}${printable(message)}\n`;
}

export function countFindings({ length }: readonly Finding[]): string {
  return length === 1 ? 'one finding' : `${length} findings`;
}

function formatBlock(finding: Finding, all: boolean): string {
  const { message, others, frame, advice } = finding;
  return [
    `${heading(finding)} ${finding.rule}`,
    printable(message),
    indent(frame),
    formatOthers(others, all),
    printable(advice),
  ]
    .filter(Boolean)
    .join('\n');
}

function formatOthers(others: readonly Place[], all: boolean): string {
  if (others.length === 0) return '';
  const count = all || others.length <= limits.places + 1 ? others.length : limits.places;
  const places = others.slice(0, count).map(describePlace).join(', ');
  const more = others.length > count ? ` and ${others.length - count} more places` : '';
  return `The same at ${places}${more}.`;
}

function formatLine(finding: Finding): string {
  const [firstLine = ''] = finding.message.split('\n');
  const also = finding.others.length > 0 ? ` (and at ${finding.others.length} more places)` : '';
  return `${heading(finding)} ${finding.rule}: ${printable(firstLine)}${also}`;
}

function heading(finding: Finding): string {
  const { severity } = finding;
  const place = styleText('bold', describePlace(finding), { stream: process.stderr });
  return `${place} ${styleText(severity === 'error' ? 'red' : 'yellow', severity, { stream: process.stderr })}`;
}

function describePlace({ file, line, column }: Place): string {
  return `${printable(displayPath(file))}:${line}:${column}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
