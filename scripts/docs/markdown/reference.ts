import { readChapters } from '../guide/chapters.ts';
import { operationsIn, titleOf } from '../operations.ts';
import { slug } from '../slug.ts';
import type { Source } from '../source.ts';
import { describeOperation } from './operation.ts';
import { describeSchemas } from './schema.ts';
import { lowerHeadings, paragraphs } from './text.ts';

/** All docs as one Markdown text, for people and programs without a browser. */
export function writeReference(source: Source): string {
  const { document } = source;
  const { info, servers, tags, components } = document;
  const operations = operationsIn(document);
  const titles = new Map(operations.map((placed) => [placed.operation.operationId, titleOf(placed)]));
  const chapters = readChapters(source, {
    chapter: ({ title }, heading) => `#${heading || slug(title)}`,
    operation: (operationId) => `#${slug(titles.get(operationId) ?? '')}`,
  });
  return `${paragraphs([
    `# ${info.title} ${info.version}`,
    info.summary,
    info.description,
    servers.map(({ url, description }) => `- \`${url}\`${description && `: ${description}`}`).join('\n'),
    ...chapters.map(({ text }) => lowerHeadings(text, 1)),
    ...tags.flatMap(({ name, description }) => [
      `## ${name}`,
      description,
      ...operations
        .filter(({ operation }) => operation.tags.includes(name))
        .map((placed) => describeOperation(placed, source)),
    ]),
    '## Schemas',
    describeSchemas(components.schemas, document),
  ])}\n`;
}
