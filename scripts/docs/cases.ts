import { operationsIn } from './operations.ts';
import { resolve } from './resolve.ts';

interface Body {
  description?: string;
  content?: Record<string, { examples?: Record<string, { summary?: string }> }>;
}

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
  const copy = structuredClone(document);
  for (const { operation, isWebhook } of operationsIn(copy)) {
    if (isWebhook) {
      const body = resolve<Body>(operation.requestBody ?? {}, copy);
      const lines = examplesOf(body).map(([, summary]) => `- ${summary}`);
      if (lines.length > 0) operation.requestBody = describe(body, eventsIntroduction, lines);
      continue;
    }
    const rows = Object.entries(operation.responses).flatMap(([status, response]) =>
      examplesOf(resolve(response, copy)).map(
        ([name, summary]) => `| ${status} | ${summary} | \`${name}\` |`,
      ),
    );
    const [first] = Object.entries(operation.responses);
    if (first === undefined || rows.length === 0) continue;
    const [status, response] = first;
    operation.responses[status] = describe(resolve(response, copy), answersIntroduction, rows);
  }
  return copy;

  function examplesOf({ content = {} }: Body): [name: string, summary: string][] {
    return Object.values(content)
      .flatMap(({ examples = {} }) => Object.entries(examples))
      .map(([name, example]) => [name, resolve(example, copy).summary ?? name]);
  }
}

function describe(body: Body, introduction: string, lines: string[]): Body {
  return { ...body, description: `${body.description ?? ''}\n\n${introduction}${lines.join('\n')}` };
}
