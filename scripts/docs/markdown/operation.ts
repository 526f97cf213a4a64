import { codeBlock } from '../chapters.ts';
import type { PlacedOperation } from '../operations.ts';
import { resolve } from '../resolve.ts';
import { readSamples, samplesFor } from '../samples.ts';
import { type Schema, typeText } from './schema.ts';
import { jsonBlock, paragraphs, table } from './text.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
}

interface Body {
  description?: string;
  headers?: Record<string, { description?: string; schema?: Schema }>;
  content?: Record<string, { schema?: Schema; examples?: Record<string, Example> }>;
}

interface Example {
  summary?: string;
  value?: unknown;
}

/** The section of an operation or a webhook, its heading included, of the third level. */
export function describeOperation(placed: PlacedOperation, document: object): string {
  const { operation, method, path, isWebhook, sharedParameters } = placed;
  const parameters = [...sharedParameters, ...(operation.parameters ?? [])].map((each) =>
    resolve(each as Parameter, document),
  );
  const body = operation.requestBody && resolve(operation.requestBody as Body, document);
  const samples = samplesFor(operation.operationId, isWebhook, readSamples());
  return paragraphs([
    `### ${operation.summary}`,
    isWebhook
      ? `Event \`${path}\`, by ${method}`
      : `\`${method} ${path}\`, in the client \`${operation.operationId}\``,
    operation.description,
    parameters.length > 0 ? '#### Parameters' : '',
    table(
      ['Name', 'In', 'Type', 'Meaning'],
      parameters.map(({ name, in: place, required, schema, description = '' }) => [
        `\`${name}\`${required ? '' : ' (optional)'}`,
        place,
        typeText(schema),
        description,
      ]),
    ),
    body ? paragraphs(['#### Body', describeBody(body, document)]) : '',
    ...Object.entries(operation.responses).map(([status, response]) =>
      paragraphs([`#### Answer ${status}`, describeBody(resolve(response as Body, document), document)]),
    ),
    samples.length > 0 ? '#### Samples' : '',
    ...samples.map(codeBlock),
  ]);
}

function describeBody({ description, headers = {}, content = {} }: Body, document: object): string {
  return paragraphs([
    description,
    table(
      ['Header', 'Type', 'Meaning'],
      Object.entries(headers).map(([name, node]) => {
        const header = resolve(node, document);
        return [`\`${name}\``, typeText(header.schema ?? {}), header.description ?? ''];
      }),
    ),
    ...Object.entries(content).flatMap(([mediaType, { schema = {}, examples = {} }]) => [
      `\`${mediaType}\`: ${typeText(schema)}`,
      ...Object.entries(examples).flatMap(([name, node]) => {
        const { summary = name, value } = resolve(node, document);
        return [`${summary} (\`${name}\`):`, jsonBlock(value)];
      }),
    ]),
  ]);
}
