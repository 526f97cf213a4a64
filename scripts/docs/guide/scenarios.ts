import { type Document, type Example, resolve } from '../../openapi/document.ts';
import { listCalls } from '../calls/list-calls.ts';
import { curlOf } from '../calls/samples.ts';
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

/** The chapter that is generated from the contract: the responses of the mock, and how to select them. */
export function scenariosChapter(document: object, links: Links): Omit<Chapter, 'group'>[] {
  const all = operationsIn(document)
    .filter(({ isWebhook }) => !isWebhook)
    .map((placed) => ({ placed, scenarios: scenariosOf(placed, document) }))
    .filter(({ scenarios }) => scenarios.length > 0);
  const shown = all.find(({ placed }) => placed.method === 'GET') ?? all[0];
  if (shown === undefined) return [];
  const sections = all.map(({ placed: { operation, method, path }, scenarios }) => {
    const rows = scenarios.map(({ status, name, summary }) => `| ${status} | \`${name}\` | ${summary} |`);
    return `## ${operation.operationId}

\`${method} ${path}\`: [${operation.summary}](${links.operation(operation.operationId)})

| Status | Example | Shows |
|---|---|---|
${rows.join('\n')}`;
  });
  return [
    {
      name: 'mock-scenarios',
      title: 'Mock scenarios',
      summary: 'Every response that the mock returns, and how to select it.',
      text: [introduce(shown.placed, shown.scenarios.at(-1) as Scenario, document), ...sections].join('\n\n'),
      isWritten: false,
    },
  ];
}

/** Shows a call with the last of its scenarios, which is an error in most contracts. */
function introduce(placed: PlacedOperation, { status, name }: Scenario, document: object): string {
  const [call] = listCalls(placed, document as Document);
  const curl = call && curlOf({ ...call, server: 'http://127.0.0.1:4011', security: undefined });
  const key = call?.security && ` --header '${call.security.header}: ${call.security.prefix}any-key'`;
  return `# Mock scenarios

The mock (\`npm run mock\`) returns every example of the reference. Name its status and itself in the header
\`Prefer\`: \`code=${status}, example=${name}\`. With a status alone, the mock returns the first example of that status;
without the header, the first example of the first success.

\`\`\`sh
${curl?.replace('curl', 'curl --include')}${key ?? ''} --header 'Prefer: code=${status}'
\`\`\``;
}
