import type { Files } from '../../output/files.ts';
import { listChapters, readChapters } from '../guide/chapters.ts';
import { operationsIn, titleOf } from '../operations.ts';
import { describeOperation } from './operation.ts';
import { type Described, writeReference } from './reference.ts';
import { describeSchemas, schemasOf } from './schema.ts';
import { lowerHeadings, paragraphs } from './text.ts';

/** The docs as Markdown, for people and programs without a browser: one file for each part, and one with everything. */
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
      // Self-contained: with all schemas that it refers to.
      `${paragraphs([
        lowerHeadings(describeOperation(placed, document), -2),
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
function writeLlms(document: Described): string {
  const { info, tags } = document;
  const link = (title: string, address: string, note: string) => `- [${title}](${address}): ${note}`;
  const operations = operationsIn(document);
  return `${paragraphs([
    `# ${info.title}`,
    `> ${info.summary}`,
    info.description,
    [
      link('openapi.yaml', 'openapi.yaml', 'the contract, OpenAPI 3.1, in one file'),
      link('reference.md', 'reference.md', 'all that is below in one file, and every schema'),
    ].join('\n'),
    '## Guide',
    listChapters(document)
      .map(({ name, title, summary }) => link(title, `guide/${name}.md`, summary))
      .join('\n'),
    ...tags.map(({ name }) =>
      paragraphs([
        `## ${name}`,
        operations
          .filter(({ operation }) => operation.tags.includes(name))
          .map((placed) => {
            const { operation, method, path, isWebhook } = placed;
            const note = isWebhook ? operation.summary : `\`${method} ${path}\``;
            return link(titleOf(placed), `operations/${operation.operationId}.md`, note);
          })
          .join('\n'),
      ]),
    ),
  ])}\n`;
}
