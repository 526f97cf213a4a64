import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Paths of the hand-written Markdown below a folder. */
export function findMarkdown(root: string): string[] {
  // Glob patterns skip names with a leading dot.
  return globSync(['**/*.md', '.github/**/*.md'], {
    cwd: root,
    exclude: (path) => /(?:^|[\\/])(?:node_modules|dist)$/.test(path),
  }).sort();
}

/** A sentence for each link in these files whose file or heading does not exist. */
export function findDeadLinks(root: string, files: readonly string[]): string[] {
  return files.flatMap((file) =>
    linksOf(join(root, file)).flatMap(({ target, line }) => {
      const [path = '', heading] = target.split('#', 2).map(decodeURIComponent);
      const place = path === '' ? join(root, file) : join(root, dirname(file), path);
      if (!existsSync(place)) return [`${file}:${line}: there is no file for the link to ${target}.`];
      if (!heading || !place.endsWith('.md') || headingsOf(place).has(heading)) return [];
      return [`${file}:${line}: there is no heading for the link to ${target}.`];
    }),
  );
}

/** The links to files of the repository. */
function linksOf(file: string): { target: string; line: number }[] {
  const found: { target: string; line: number }[] = [];
  for (const [index, line] of readProse(file).entries()) {
    const inline = line.replaceAll(/`[^`]*`/g, '``');
    for (const [, written, defined] of inline.matchAll(/\]\(<?([^)>\s]+)[^)]*\)|^\[[^\]]+\]: +(\S+)/g)) {
      const target = written ?? defined ?? '';
      // `#/` is a place in the built docs, which only a browser can check.
      if (!/^(?:[a-z]+:|#\/)/i.test(target)) found.push({ target, line: index + 1 });
    }
  }
  return found;
}

/** The anchors of the headings of a file, in the form of repository hosts. */
function headingsOf(file: string): Set<string> {
  const anchors = new Set<string>();
  for (const line of readProse(file)) {
    const [, text] = /^#+ +(.+?)(?: +#+)?$/.exec(line) ?? [];
    if (text === undefined) continue;
    const shown = text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = shown.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}

/** The lines of a file; those within code blocks are empty. */
function readProse(file: string): string[] {
  const code = /^( *)(```+|~~~+)[^\n]*\n[\s\S]*?^\1\2$/gm;
  const text = readFileSync(file, 'utf8').replaceAll(code, (block) => block.replaceAll(/[^\n]/g, ''));
  return text.split('\n');
}
