import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolchainRoot } from '../../cli/project.ts';
import { readPrograms } from '../programs.ts';
import { scenariosChapter } from './scenarios.ts';

/** A hand-written text in Markdown, for what the contract cannot contain. */
export interface Chapter {
  /** The name of its page: the file name without the number and the extension. */
  name: string;
  /** Its first heading. */
  title: string;
  /** Its first sentence. */
  summary: string;
  text: string;
  /** Whether it is written by hand, not generated from the contract. */
  isWritten: boolean;
}

const chaptersFolder = join(toolchainRoot, 'spec/guide');

/** The targets of links, which depend on the output format. */
export interface Links {
  /** @param heading empty for the whole chapter */
  chapter(chapter: Pick<Chapter, 'name' | 'title'>, heading: string): string;
  operation(operationId: string): string;
}

/** The chapters without the targets of their links. */
export function listChapters(document: object): Chapter[] {
  return readChapters(document, { chapter: () => '', operation: () => '' });
}

/** All chapters in order: the hand-written ones, then the one that is generated from the contract. */
export function readChapters(document: object, links: Links): Chapter[] {
  return [...readWrittenChapters(links), scenariosChapter(document, links)];
}

/**
 * Reads the hand-written chapters, inserts the programs that they link to, and replaces their links by those of
 * `links`. In the files, a link to a chapter is a link to its file, `operation:ping` is a link to an operation, and a
 * line with only a link to a program in samples/ is replaced by its code.
 */
function readWrittenChapters(links: Links): Chapter[] {
  const programs = readPrograms();
  const chapters = readdirSync(chaptersFolder)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(chaptersFolder, file), 'utf8').trim();
      const title = /^# (.+)$/m.exec(text)?.[1] ?? file;
      return {
        file,
        name: file.replace(/^\d+-|\.md$/g, ''),
        title,
        summary: firstSentence(text),
        text,
        isWritten: true,
      };
    });
  const byFile = new Map(chapters.map((chapter) => [chapter.file, chapter]));
  return chapters.map(({ file, ...chapter }) => ({
    ...chapter,
    text: chapter.text
      .replace(/^\[.+\]\(samples\/(.+)\)$/gm, (_, name) => `\`\`\`ts\n${find(programs, name, file)}\n\`\`\``)
      .replace(/\]\(operation:(\w+)\)/g, (_, id) => `](${links.operation(id)})`)
      .replace(
        /\]\((\d+-[\w-]+\.md)(?:#([\w-]+))?\)/g,
        (_, name, heading = '') => `](${links.chapter(find(byFile, name, file), heading)})`,
      ),
  }));
}

function find<Value>(values: Map<string, Value>, name: string, file: string): Value {
  const value = values.get(name);
  if (value === undefined) throw new Error(`spec/guide/${file} names ${name}, which is not there.`);
  return value;
}

/** The first sentence of the first paragraph, without Markdown syntax. */
function firstSentence(markdown: string): string {
  const [paragraph = ''] = /^(?![#|>`\s-])(?:.+\n?)+/m.exec(markdown) ?? [];
  const text = paragraph
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return /^.+?[.!?](?= |$)/.exec(text)?.[0] ?? text;
}
