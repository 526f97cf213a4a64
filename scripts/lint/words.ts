import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The words to avoid that a program can find, and the words of CONTRIBUTING.md to use instead. */
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
  [/(?<!there )\b(is|are) no (?!longer|more|less|one|other|such)/i, 'is not a'],
  [/\bbeneath\b/i, 'below'],
  [/\bin vain\b/i, 'without a result'],
  [/\bfor ever\b/i, 'without end'],
  [/\bjudge(s|d)?\b/i, 'check or validate'],
  [/\bwhoever\b/i, 'you, or the person'],
];

/** A sentence for each word to avoid in the prose of Markdown, and in the comments and strings of code. */
export function findWords(root: string, markdown: readonly string[]): string[] {
  const code = globSync('{scripts,test}/**/*.ts', { cwd: root }).sort();
  return [
    ...markdown.flatMap((file) => findIn(file, proseOf(readFileSync(join(root, file), 'utf8')))),
    ...code.flatMap((file) => findIn(file, proseInCode(readFileSync(join(root, file), 'utf8')))),
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

/** Without code and tables, as a table of CONTRIBUTING.md lists the words to avoid. */
function proseOf(text: string): string[] {
  const withoutCode = text
    .replaceAll(/^( *)```[\s\S]*?^\1```$/gm, (block) => block.replaceAll(/[^\n]/g, ''))
    .replaceAll(/`[^`\n]*`/g, '');
  return withoutCode.split('\n').map((line) => (line.startsWith('|') ? '' : line));
}

/** Comments, and strings of several words: messages, and the names of tests. */
function proseInCode(text: string): string[] {
  return text.split('\n').map((line) => {
    const comment = /^\s*(?:\/\/|\/?\*).*|\s\/\/ .*/.exec(line)?.[0] ?? '';
    const strings = line.match(/(?<=(['"`]))[^'"`]*\w \w[^'"`]*(?=\1)/g) ?? [];
    return [comment, ...strings].join(' ');
  });
}
