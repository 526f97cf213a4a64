import { listChapters } from '../guide/chapters.ts';
import { operationsIn, titleOf } from '../operations.ts';
import type { Described } from './reference.ts';
import { paragraphs } from './text.ts';

/**
 * What https://llmstxt.org proposes: a short text for programs on what there is to read, and where. Its links lead
 * to the files beside it.
 */
export function writeLlms(document: Described): string {
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
