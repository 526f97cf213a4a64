import { styleText } from 'node:util';
import type { LineColLocationObject } from '@redocly/openapi-core';
import { printable } from '../cli/printable.ts';

/** Lines that are shown above the place, and below it. */
const around = 2;

/** Characters that are shown of a line. JSON is often written in one line of megabytes. */
const width = 100;

/** Characters that are shown before the place, where a line is cut. */
const before = 30;

/** The lines around a place as they stand in the file, with a row of `^` below the place. */
export function codeFrame({ source, start, end }: LineColLocationObject): string {
  const lines = source.getLines();
  const last = Math.min(start.line + around, lines.length);
  const gutter = String(last).length;
  const row = (label: number | string, text: string) =>
    `${String(label).padStart(gutter)} |${text && ` ${text}`}`;

  const marked = lines[start.line - 1] ?? '';
  const from = start.col - 1;
  // The parser names no end.
  const { line: endLine, col: endColumn } = end ?? { line: start.line, col: start.col + 1 };
  const to = endLine === start.line ? endColumn - 1 : marked.trimEnd().length;
  const offset = marked.length > width ? Math.max(0, from - before) : 0;
  const length = Math.max(1, Math.min(to, offset + width) - from);
  // A tab takes more room than a space.
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
