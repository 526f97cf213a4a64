import { readChapters, slug } from '../chapters.ts';
import { operationsIn } from '../operations.ts';
import { describeOperation } from './operation.ts';
import { describeSchema, type Schema } from './schema.ts';
import { lowerHeadings, paragraphs } from './text.ts';

/** The parts of a bundled document that stand beside its operations. */
export interface Described {
  info: { title: string; version: string; summary: string; description: string };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  components: { schemas: Record<string, Schema> };
}

/** All of the docs as one Markdown text: for those who read without a browser, people and programs. */
export function writeReference(document: Described): string {
  const { info, servers, tags, components } = document;
  const operations = operationsIn(document);
  const summaries = new Map(operations.map(({ operation }) => [operation.operationId, operation.summary]));
  const chapters = readChapters({
    chapter: (title) => `#${slug(title)}`,
    operation: (operationId) => `#${slug(summaries.get(operationId) ?? '')}`,
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
    ...Object.entries(components.schemas).map(([name, schema]) =>
      paragraphs([`### ${name}`, describeSchema(schema)]),
    ),
  ])}\n`;
}
