import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../cli/project.ts';
import { operationsIn } from './operations.ts';
import { readSamples, type Sample } from './samples.ts';

/** A text by hand, in Markdown: what the contract itself has no place for. */
export interface Chapter {
  /** Name of its file. The files are in the order in which they are read. */
  file: string;
  /** Its first heading. */
  title: string;
  text: string;
}

const chaptersFolder = join(projectRoot, 'scripts/docs/chapters');

/** Where links lead in what the chapters become a part of. */
export interface Links {
  chapter(title: string): string;
  operation(operationId: string): string;
}

/**
 * The chapters, with the samples that they name written out, and with links that lead to where `links` says. In the
 * files themselves a link to a chapter is one to its file, `operation:ping` is one to an operation, and a line that is
 * nothing but a link to a sample stands for the sample.
 */
export function readChapters(links: Links): Chapter[] {
  const samples = readSamples();
  const chapters = readdirSync(chaptersFolder)
    .sort()
    .map((file) => ({ file, text: readFileSync(join(chaptersFolder, file), 'utf8') }))
    .map(({ file, text }) => ({ file, text, title: /^# (.+)$/m.exec(text)?.[1] ?? file }));
  const titles = new Map(chapters.map(({ file, title }) => [file, title]));
  return chapters.map(({ file, title, text }) => ({
    file,
    title,
    text: text
      .replace(/^\[.+\]\(\.\.\/samples\/(.+)\)$/gm, (_, name) => codeBlock(find(samples, name, file)))
      .replace(/\]\(operation:(\w+)\)/g, (_, id) => `](${links.operation(id)})`)
      .replace(/\]\((\d+-[\w-]+\.md)\)/g, (_, name) => `](${links.chapter(find(titles, name, file))})`),
  }));
}

function find<Value>(values: Map<string, Value>, name: string, file: string): Value {
  const value = values.get(name);
  if (value === undefined)
    throw new Error(`scripts/docs/chapters/${file} names ${name}, which is not there.`);
  return value;
}

export function codeBlock({ language, text }: Sample): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** A copy of the document whose introduction goes on with the chapters. */
export function addChapters<Document extends object>(document: Document): Document {
  const copy = structuredClone(document) as Document & { info: { description: string } };
  const tags = new Map(
    operationsIn(document).map(({ operation }) => [operation.operationId, operation.tags[0]]),
  );
  // As Redoc makes the addresses of what it shows.
  const chapters = readChapters({
    chapter: (title) => `#section/${slug(title)}`,
    operation: (operationId) => `#/${slug(tags.get(operationId) ?? '')}/${operationId.toLowerCase()}`,
  });
  copy.info.description = [copy.info.description, ...chapters.map(({ text }) => text)].join('\n\n');
  return copy;
}

/** A heading as the part of an address. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
