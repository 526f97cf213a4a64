import { type Document, type Example, resolve } from '../../openapi/document.ts';
import { operationsIn, type PlacedOperation } from '../operations.ts';
import type { Chapter, Links } from './chapters.ts';

/** A response that a request to the mock can select by name. */
export interface Scenario {
  status: string;
  /** The name of the example. */
  name: string;
  summary: string;
}

/** All named examples of an operation's responses. */
export function scenariosOf({ described }: PlacedOperation, document: object): Scenario[] {
  return [...described.responses].flatMap(([status, { content = {} }]) => {
    return Object.values(content)
      .flatMap(({ examples = {} }) => Object.entries(examples))
      .map(([name, example]) => ({
        status,
        name,
        summary: resolve<Example>(document as Document, example).summary ?? name,
      }));
  });
}

const introduction = `# Mock scenarios

The mock (\`npm run mock\`) returns every example of the reference. Name its status and itself in the header
\`Prefer\`: \`code=404, example=unknown\`. With a status alone, the mock returns the first example of that status;
without the header, the first example of the first success.

\`\`\`sh
curl --include 'http://127.0.0.1:4010/ping' --header 'X-API-KEY: any-key' --header 'Prefer: code=429'
\`\`\``;

/** The chapter that is generated from the contract: the responses of the mock, and how to select them. */
export function scenariosChapter(document: object, links: Links): Chapter {
  const sections = operationsIn(document)
    .filter(({ isWebhook }) => !isWebhook)
    .map((placed) => {
      const { operation, method, path } = placed;
      const rows = scenariosOf(placed, document).map(
        ({ status, name, summary }) => `| ${status} | \`${name}\` | ${summary} |`,
      );
      return `## ${operation.operationId}

\`${method} ${path}\`: [${operation.summary}](${links.operation(operation.operationId)})

| Status | Example | Shows |
|---|---|---|
${rows.join('\n')}`;
    });
  return {
    name: 'mock-scenarios',
    title: 'Mock scenarios',
    summary: 'Every response that the mock returns, and how to select it.',
    text: [introduction, ...sections].join('\n\n'),
    isWritten: false,
  };
}
