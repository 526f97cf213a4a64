import { readChapters } from '../guide/chapters.ts';
import { operationsIn, titleOf } from '../operations.ts';
import { slug } from '../slug.ts';
import { describeOperation } from './operation.ts';
import { describeSchemas, type Schema } from './schema.ts';
import { lowerHeadings, paragraphs } from './text.ts';

/** The parts of a bundled document other than its operations. */
export interface Described {
  info: { title: string; version: string; summary: string; description: string };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  components: { schemas: Record<string, Schema> };
}

/** All docs as one Markdown text, for people and programs without a browser. */
export function writeReference(document: Described): string {
  const { info, servers, tags, components } = document;
  const operations = operationsIn(document);
  const titles = new Map(operations.map((placed) => [placed.operation.operationId, titleOf(placed)]));
  const chapters = readChapters(document, {
    chapter: ({ title }, heading) => `#${heading || slug(title)}`,
    operation: (operationId) => `#${slug(titles.get(operationId) ?? '')}`,
  });
  return `${paragraphs([
    `# ${info.title} ${info.version}`,
    info.summary,
    info.description,
    servers.map(({ url, description }) => `- \`${url}\`: ${description}`).join('\n'),
    ...chapters.map(({ text }) => lowerHeadings(text, 1)),
    ...tags.flatMap(({ name, description }) => [
      `## ${name}`,
      description,
      ...operations
        .filter(({ operation }) => operation.tags.includes(name))
        .map((placed) => describeOperation(placed, document)),
    ]),
    '## Schemas',
    describeSchemas(components.schemas, document),
  ])}\n`;
}
