import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../cli/project.ts';
import { readPrograms } from '../programs.ts';
import { scenariosChapter } from './scenarios.ts';

/** A text by hand, in Markdown: what the contract itself has no place for. */
export interface Chapter {
  /** Of its page: that of its file, without the number that gives the order, and without the ending. */
  name: string;
  /** Its first heading. */
  title: string;
  /** The first sentence of it. */
  summary: string;
  text: string;
  /** Written by hand, not generated from the contract. */
  isWritten: boolean;
}

const chaptersFolder = join(projectRoot, 'scripts/docs/chapters');

/** Where links lead in what the chapters become a part of. */
export interface Links {
  /** @param heading empty for the chapter as a whole */
  chapter(chapter: Pick<Chapter, 'name' | 'title'>, heading: string): string;
  operation(operationId: string): string;
}

/** The chapters for those who do not follow the links in them. */
export function listChapters(document: object): Chapter[] {
  return readChapters(document, { chapter: () => '', operation: () => '' });
}

/** All chapters in the order in which they are read: those by hand, then the one that is generated from the contract. */
export function readChapters(document: object, links: Links): Chapter[] {
  return [...readWrittenChapters(links), scenariosChapter(document, links)];
}

/**
 * The chapters by hand, with the programs that they name written out, and with links that lead to where `links` says. In the
 * files themselves a link to a chapter is one to its file, `operation:ping` is one to an operation, and a line that is
 * nothing but a link to a program in samples/ stands for its text.
 */
function readWrittenChapters(links: Links): Chapter[] {
  const programs = readPrograms();
  const chapters = readdirSync(chaptersFolder)
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
      .replace(
        /^\[.+\]\(\.\.\/samples\/(.+)\)$/gm,
        (_, name) => `\`\`\`ts\n${find(programs, name, file)}\n\`\`\``,
      )
      .replace(/\]\(operation:(\w+)\)/g, (_, id) => `](${links.operation(id)})`)
      .replace(
        /\]\((\d+-[\w-]+\.md)(?:#([\w-]+))?\)/g,
        (_, name, heading = '') => `](${links.chapter(find(byFile, name, file), heading)})`,
      ),
  }));
}

function find<Value>(values: Map<string, Value>, name: string, file: string): Value {
  const value = values.get(name);
  if (value === undefined)
    throw new Error(`scripts/docs/chapters/${file} names ${name}, which is not there.`);
  return value;
}

/** Of the first paragraph of prose, without the marks of Markdown. */
function firstSentence(markdown: string): string {
  const [paragraph = ''] = /^(?![#|>`\s-])(?:.+\n?)+/m.exec(markdown) ?? [];
  const text = paragraph
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return /^.+?[.!?](?= |$)/.exec(text)?.[0] ?? text;
}
