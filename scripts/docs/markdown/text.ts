/** A text for a table cell, in which a bar or a line break would end the cell. */
function cell(text: string): string {
  return text.trim().replaceAll('|', '\\|').replace(/\n+/g, ' ');
}

/** A table; empty without rows. */
export function table(heads: string[], rows: string[][]): string {
  if (rows.length === 0) return '';
  const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}

/** Paragraphs, tables and blocks, separated by empty lines; empty ones are omitted. */
export function paragraphs(parts: (string | undefined)[]): string {
  return parts.filter((part) => part?.trim()).join('\n\n');
}

/** A value as a block of JSON. */
export function jsonBlock(value: unknown): string {
  return codeBlock('json', JSON.stringify(value, null, 2));
}

export function codeBlock(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** Moves each heading down by some levels, or up as far as there are levels. Does not change code blocks. */
export function lowerHeadings(markdown: string, levels: number): string {
  return markdown.replace(/^```[\s\S]*?^```$|^#+(?= )/gm, (part) =>
    part.startsWith('#') ? '#'.repeat(Math.max(1, part.length + levels)) : part,
  );
}
