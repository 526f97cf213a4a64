import { Failure } from '../../cli/failure.ts';
import { firstSentence } from '../read-markdown.ts';
import type { Source } from '../source.ts';
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

/** The targets of links, which depend on the output format. */
export interface Links {
  /** @param heading empty for the whole chapter */
  chapter(chapter: Pick<Chapter, 'name' | 'title'>, heading: string): string;
  operation(operationId: string): string;
}

/** The chapters without the targets of their links. */
export function listChapters(source: Source): Chapter[] {
  return readChapters(source, { chapter: () => '', operation: () => '' });
}

/** All chapters in order: the hand-written ones, then the one that is generated from the contract. */
export function readChapters(source: Source, links: Links): Chapter[] {
  return [...readWrittenChapters(source, links), ...scenariosChapter(source.document, links)];
}

/**
 * The hand-written chapters, with their links replaced by those of `links`. In the files, a link to a chapter is a link
 * to its file, and `operation:ping` is a link to an operation.
 */
function readWrittenChapters({ guide }: Source, links: Links): Chapter[] {
  const chapters = Array.from(guide, ([file, text]) => ({
    file,
    name: file.replace(/^\d+-|\.md$/g, ''),
    title: /^# (.+)$/m.exec(text)?.[1] ?? file,
    summary: firstSentence(text),
    text,
    isWritten: true,
  }));
  const byFile = new Map(chapters.map((chapter) => [chapter.file, chapter]));
  return chapters.map(({ file, ...chapter }) => ({
    ...chapter,
    text: chapter.text
      // The name of a program is for those who run it.
      .replace(/^```ts \S+$/gm, '```ts')
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
    throw new Failure(`The chapter ${file} links to ${name}, which is not there. Fix the link.`);
  return value;
}
