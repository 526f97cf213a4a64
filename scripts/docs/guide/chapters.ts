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
  /** The group that it is listed in. */
  group: string;
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

/**
 * All chapters, by groups: the hand-written ones in their order, then the one that is generated from the contract.
 * `<!-- group: Build -->` in a chapter starts a group, or goes on with one, until the next such line.
 */
export function readChapters(source: Source, links: Links): Chapter[] {
  let group = 'Guide';
  const chapters = [...readWrittenChapters(source, links), ...scenariosChapter(source.document, links)].map(
    ({ text, ...chapter }) => {
      group = groupLine.exec(text)?.[1] ?? group;
      return { ...chapter, text: text.replace(groupLine, ''), group };
    },
  );
  return groupsOf(chapters).flatMap((name) => chapters.filter((chapter) => chapter.group === name));
}

/** The groups of chapters, in the order in which they start. */
export function groupsOf(chapters: readonly Chapter[]): string[] {
  return [...new Set(chapters.map(({ group }) => group))];
}

const groupLine = /^<!-- group: (.+) -->\n\n/m;

/**
 * The hand-written chapters, with their links replaced by those of `links`. In the files, a link to a chapter is a link
 * to its file, and `operation:ping` is a link to an operation.
 */
function readWrittenChapters({ guide }: Source, links: Links): Omit<Chapter, 'group'>[] {
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
