import type { Files } from '../../output/files.ts';
import { listChapters, readChapters } from '../guide/chapters.ts';
import { operationsIn, titleOf } from '../operations.ts';
import type { Source } from '../source.ts';
import { describeOperation } from './operation.ts';
import { writeReference } from './reference.ts';
import { describeSchemas, schemasOf } from './schema.ts';
import { lowerHeadings, paragraphs } from './text.ts';

/** The docs as Markdown, for people and programs without a browser: one file for each part, and one with everything. */
export function writeMarkdown(source: Source): Files {
  const { document } = source;
  const operations = operationsIn(document);
  const fileNames = new Map(operations.map(({ operation, fileName }) => [operation.operationId, fileName]));
  const chapters = readChapters(source, {
    chapter: ({ name }, heading) => `${name}.md${heading && `#${heading}`}`,
    operation: (operationId) => `../operations/${fileNames.get(operationId)}.md`,
  });
  return new Map([
    ['llms.txt', writeLlms(source)],
    ['reference.md', writeReference(source)],
    ...chapters.map(({ name, text }): [string, string] => [`guide/${name}.md`, `${text}\n`]),
    ...operations.map((placed): [string, string] => [
      `operations/${placed.fileName}.md`,
      // Self-contained: with all schemas that it refers to.
      `${paragraphs([
        lowerHeadings(describeOperation(placed, source), -2),
        '## Schemas',
        describeSchemas(schemasOf(placed, document), document),
      ])}\n`,
    ]),
  ]);
}

/**
 * The file that https://llmstxt.org proposes: a short table of contents for programs. Its links lead to the files next
 * to it.
 */
function writeLlms(source: Source): string {
  const { info, tags, openapi } = source.document;
  const link = (title: string, address: string, note: string) => `- [${title}](${address}): ${note}`;
  const operations = operationsIn(source.document);
  const chapters = listChapters(source);
  return `${paragraphs([
    `# ${info.title}`,
    info.summary && `> ${info.summary}`,
    info.description,
    [
      link('openapi.yaml', 'openapi.yaml', `the contract, OpenAPI ${openapi.slice(0, 3)}, in one file`),
      link('reference.md', 'reference.md', 'all that is below in one file, and every schema'),
    ].join('\n'),
    chapters.length > 0 ? '## Guide' : '',
    chapters.map(({ name, title, summary }) => link(title, `guide/${name}.md`, summary)).join('\n'),
    ...tags.map(({ name }) =>
      paragraphs([
        `## ${name}`,
        operations
          .filter(({ operation }) => operation.tags.includes(name))
          .map((placed) => {
            const { operation, method, path, isWebhook, fileName } = placed;
            const note = isWebhook ? operation.summary : `\`${method} ${path}\``;
            return link(titleOf(placed), `operations/${fileName}.md`, note);
          })
          .join('\n'),
      ]),
    ),
  ])}\n`;
}
