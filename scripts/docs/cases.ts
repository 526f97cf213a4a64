import { resolve } from './resolve.ts';

interface Body {
  description?: string;
  content?: Record<string, { examples?: Record<string, { summary?: string }> }>;
}

interface Operation {
  requestBody?: Body;
  responses?: Record<string, Body>;
}

type PathItems = Record<string, Record<string, unknown>>;

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const answersIntroduction = `The mock gives the answer that \`Prefer: code=…, example=…\` asks for:

| Status | Case | Example |
|---|---|---|
`;

const eventsIntroduction = `The examples show:

`;

/**
 * A copy of the document in which each operation tells its named examples with its first response, and each webhook
 * with its body. Redoc shows the one that is chosen, and the others only in a list that has to be opened.
 */
export function listCases<Document extends object>(document: Document): Document {
  const copy: Document & { paths?: PathItems; webhooks?: PathItems } = structuredClone(document);
  for (const { responses = {} } of operationsIn(copy.paths)) {
    const rows = Object.entries(responses).flatMap(([status, response]) =>
      examplesOf(resolve(response, copy)).map(
        ([name, summary]) => `| ${status} | ${summary} | \`${name}\` |`,
      ),
    );
    for (const [status, first] of Object.entries(responses).slice(0, 1)) {
      responses[status] = describe(resolve(first, copy), answersIntroduction, rows);
    }
  }
  for (const event of operationsIn(copy.webhooks)) {
    if (event.requestBody === undefined) continue;
    const body = resolve(event.requestBody, copy);
    const lines = examplesOf(body).map(([, summary]) => `- ${summary}`);
    event.requestBody = describe(body, eventsIntroduction, lines);
  }
  return copy;

  function examplesOf({ content = {} }: Body): [name: string, summary: string][] {
    return Object.values(content)
      .flatMap(({ examples = {} }) => Object.entries(examples))
      .map(([name, example]) => [name, resolve(example, copy).summary ?? name]);
  }
}

function operationsIn(items: PathItems = {}): Operation[] {
  return Object.values(items).flatMap((item) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([, operation]) => operation as Operation),
  );
}

function describe(body: Body, introduction: string, lines: string[]): Body {
  if (lines.length === 0) return body;
  return { ...body, description: `${body.description ?? ''}\n\n${introduction}${lines.join('\n')}` };
}
