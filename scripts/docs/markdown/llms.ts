import { readChapters, slug } from '../chapters.ts';
import { operationsIn } from '../operations.ts';
import type { Described } from './reference.ts';
import { paragraphs } from './text.ts';

/**
 * What https://llmstxt.org proposes: a short text that tells a program what there is to read, and where. Its links lead
 * into reference.md beside it.
 */
export function writeLlms(document: Described): string {
  const { info, tags, components } = document;
  const link = (title: string, note?: string) =>
    `- [${title}](reference.md#${slug(title)})${note === undefined ? '' : `: ${note}`}`;
  const operations = operationsIn(document);
  const chapters = readChapters({ chapter: (title) => title, operation: (id) => id });
  return `${paragraphs([
    `# ${info.title}`,
    `> ${info.summary}`,
    info.description,
    'Everything is in one file: [reference.md](reference.md).',
    paragraphs(['## Guide', chapters.map(({ title }) => link(title)).join('\n')]),
    ...tags.map(({ name }) =>
      paragraphs([
        `## ${name}`,
        operations
          .filter(({ operation }) => operation.tags.includes(name))
          .map(({ operation, method, path }) => link(operation.summary, `\`${method} ${path}\``))
          .join('\n'),
      ]),
    ),
    paragraphs([
      '## Schemas',
      Object.keys(components.schemas)
        .map((name) => link(name))
        .join('\n'),
    ]),
  ])}\n`;
}
