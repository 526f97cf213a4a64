import { resolve } from './resolve.ts';

interface Body {
  content?: Record<string, { examples?: Record<string, { summary?: string }> }>;
}

interface Operation {
  description?: string;
  requestBody?: Body;
  responses?: Record<string, Body>;
}

type PathItems = Record<string, Record<string, unknown>>;

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * A copy of the document in which the description of each operation and webhook ends with its named examples. Redoc
 * shows the summary of the one that is chosen, and those of the others only in a list that has to be opened.
 */
export function listCases<Document extends object>(document: Document): Document {
  const copy: Document & { paths?: PathItems; webhooks?: PathItems } = structuredClone(document);
  for (const operation of operationsIn(copy.paths)) {
    const rows = Object.entries(operation.responses ?? {}).flatMap(([status, response]) =>
      examplesOf(response, copy).map(([name, summary]) => `| ${status} | ${summary} | \`${name}\` |`),
    );
    append(operation, answersIntroduction, rows);
  }
  for (const event of operationsIn(copy.webhooks)) {
    append(
      event,
      eventsIntroduction,
      examplesOf(event.requestBody ?? {}, copy).map(([, summary]) => `- ${summary}`),
    );
  }
  return copy;
}

const answersIntroduction = `The mock knows these answers; \`Prefer: code=…, example=…\` asks for one.

| Status | Case | Example |
|---|---|---|
`;

const eventsIntroduction = `The examples show:

`;

function operationsIn(items: PathItems = {}): Operation[] {
  return Object.values(items).flatMap((item) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([, operation]) => operation as Operation),
  );
}

function examplesOf(body: Body, document: object): [name: string, summary: string][] {
  const { content = {} } = resolve(body, document);
  return Object.values(content)
    .flatMap(({ examples = {} }) => Object.entries(examples))
    .map(([name, example]) => [name, resolve(example, document).summary ?? name]);
}

function append(operation: Operation, introduction: string, lines: string[]): void {
  if (lines.length === 0) return;
  operation.description = `${operation.description ?? ''}\n\n${introduction}${lines.join('\n')}`;
}
