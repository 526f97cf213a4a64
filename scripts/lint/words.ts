import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The words that CONTRIBUTING.md asks for, and those instead of which they stand, as far as a program can find them. */
const words: [instead: RegExp, write: string][] = [
  [/\banswer(s|ed|ing)?\b/i, 'response or respond'],
  [/\b(mend|mends|mended|mending)\b/i, 'fix'],
  [/\b(gives?|gave|given|giving) back\b/i, 'return'],
  [/\bhand(s|ed|ing)? (over|on|back)\b/i, 'pass on or return'],
  [/\bthr(ow|ows|ew|own) away\b/i, 'discard'],
  [/\bt(ell|ells|old) apart\b/i, 'distinguish'],
  [/\btr(y|ies|ied) again\b/i, 'retry'],
  [/\b(dies|dying)\b/i, 'fail or end'],
  [/\bunder way\b/i, 'pending'],
];

/** A sentence for each such word in the prose of Markdown and in the comments of code below the root. */
export function findWords(root: string, markdown: readonly string[]): string[] {
  const code = globSync('{scripts,test}/**/*.ts', { cwd: root }).sort();
  return [
    ...markdown.flatMap((file) => findIn(file, proseOf(readFileSync(join(root, file), 'utf8')))),
    ...code.flatMap((file) => findIn(file, commentsOf(readFileSync(join(root, file), 'utf8')))),
  ];
}

function findIn(file: string, lines: string[]): string[] {
  return lines.flatMap((line, index) =>
    words.flatMap(([instead, write]) => {
      const [found] = instead.exec(line) ?? [];
      return found ? [`${file}:${index + 1}: write ${write} instead of "${found}".`] : [];
    }),
  );
}

/** Without code, and without tables: that of CONTRIBUTING.md shows the words. */
function proseOf(text: string): string[] {
  const withoutCode = text
    .replaceAll(/^( *)```[\s\S]*?^\1```$/gm, (block) => block.replaceAll(/[^\n]/g, ''))
    .replaceAll(/`[^`\n]*`/g, '');
  return withoutCode.split('\n').map((line) => (line.startsWith('|') ? '' : line));
}

function commentsOf(text: string): string[] {
  return text.split('\n').map((line) => /^\s*(?:\/\/|\/?\*).*|\s\/\/ .*/.exec(line)?.[0] ?? '');
}
