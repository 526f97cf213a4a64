import type { Files } from '../../output/files.ts';
import { readChapters } from '../guide/chapters.ts';
import { operationsIn } from '../operations.ts';
import { writeLlms } from './llms.ts';
import { describeOperation } from './operation.ts';
import { type Described, writeReference } from './reference.ts';
import { describeSchemas, schemasOf } from './schema.ts';
import { lowerHeadings, paragraphs } from './text.ts';

/** The docs for those who read without a browser, people and programs: each part of its own, and all of it. */
export function writeMarkdown(document: Described): Files {
  const chapters = readChapters(document, {
    chapter: ({ name }, heading) => `${name}.md${heading && `#${heading}`}`,
    operation: (operationId) => `../operations/${operationId}.md`,
  });
  return new Map([
    ['llms.txt', writeLlms(document)],
    ['reference.md', writeReference(document)],
    ...chapters.map(({ name, text }): [string, string] => [`guide/${name}.md`, `${text}\n`]),
    ...operationsIn(document).map((placed): [string, string] => [
      `operations/${placed.operation.operationId}.md`,
      // Complete in itself: with each schema that it leads to.
      `${paragraphs([
        lowerHeadings(describeOperation(placed, document), -2),
        '## Schemas',
        describeSchemas(schemasOf(placed, document), document),
      ])}\n`,
    ]),
  ]);
}
