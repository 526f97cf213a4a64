import { styleText } from 'node:util';
import type { LineColLocationObject } from '@redocly/openapi-core';
import { printable } from '../cli/printable.ts';

/** The number of lines to show above and below the place. */
const around = 2;

/** The number of characters to show of a line. JSON is often one line of megabytes. */
const width = 100;

/** The number of characters to show before the place, if a line is cut. */
const before = 30;

/** The lines around a place, with a row of `^` below it. */
export function codeFrame({ source, start, end }: LineColLocationObject): string {
  const lines = source.getLines();
  const last = Math.min(start.line + around, lines.length);
  const gutter = String(last).length;
  const row = (label: number | string, text: string) =>
    `${String(label).padStart(gutter)} |${text && ` ${text}`}`;

  const marked = lines[start.line - 1] ?? '';
  const from = start.col - 1;
  // The parser gives no end.
  const { line: endLine, col: endColumn } = end ?? { line: start.line, col: start.col + 1 };
  const to = endLine === start.line ? endColumn - 1 : marked.trimEnd().length;
  const offset = marked.length > width ? Math.max(0, from - before) : 0;
  const length = Math.max(1, Math.min(to, offset + width) - from);
  // A tab is wider than a space.
  const indentation = marked.slice(offset, from).replaceAll(/[^\t]/g, ' ');
  const leading = offset > 0 ? '… ' : '';

  const rows: string[] = [];
  for (let line = Math.max(1, start.line - around); line <= last; line++) {
    rows.push(row(line, cut(lines[line - 1] ?? '', offset)));
    if (line === start.line)
      rows.push(row('', ' '.repeat(leading.length) + indentation + inRed('^'.repeat(length))));
  }
  return rows.join('\n');
}

function cut(line: string, offset: number): string {
  const shown = printable(line.slice(offset, offset + width).trimEnd());
  if (shown === '') return '';
  return `${offset > 0 ? '… ' : ''}${shown}${line.length > offset + width ? ' …' : ''}`;
}

function inRed(text: string): string {
  return styleText('red', text, { stream: process.stderr });
}
