import type { Draft } from './draft.ts';

const file = 'openapi.yaml';

/** Adds a path or a webhook at the end of its section, which is created if it is missing. */
export function enter(draft: Draft, section: 'paths' | 'webhooks', key: string, target: string): void {
  const text = draft.read(file);
  const entry = `  ${key}:\n    $ref: ${target}\n`;
  const start = text.search(new RegExp(`^${section}:`, 'm'));
  if (start < 0) {
    draft.write(file, text.replace(/^components:/m, `${section}:\n${entry}components:`));
    return;
  }
  const end = endOfSection(text, start);
  draft.write(file, text.slice(0, end) + entry + text.slice(end));
}

/** Adds a tag in alphabetical order, unless it exists. */
export function enterTag(draft: Draft, name: string, description: string): void {
  const text = draft.read(file);
  const tags = Array.from(text.matchAll(/^ {2}- name: (.*)$/gm), (match) => ({
    name: match[1] ?? '',
    start: match.index,
  }));
  if (tags.some((tag) => tag.name === name)) return;
  const next = tags.find((tag) => tag.name > name)?.start ?? endOfSection(text, text.search(/^tags:/m));
  draft.write(
    file,
    `${text.slice(0, next)}  - name: ${name}\n    description: ${description}\n${text.slice(next)}`,
  );
}

/** The index of the next top-level key. */
function endOfSection(text: string, start: number): number {
  const next = /\n(?=[A-Za-z#])/.exec(text.slice(start));
  return next ? start + next.index + 1 : text.length;
}
