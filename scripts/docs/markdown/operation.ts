import { type Document, resolve } from '../../openapi/document.ts';
import { samplesFor } from '../calls/samples.ts';
import { fieldsOf, type Schema } from '../fields.ts';
import { type PlacedOperation, titleOf } from '../operations.ts';
import type { Source } from '../source.ts';
import { deprecation, describeSchema, typeText } from './schema.ts';
import { codeBlock, jsonBlock, paragraphs, table } from './text.ts';

interface Body {
  description?: string;
  required?: boolean;
  headers?: Record<string, { description?: string; required?: boolean; schema?: Schema }>;
  content?: Record<string, { schema?: Schema; examples?: Record<string, Example> }>;
}

interface Example {
  summary?: string;
  value?: unknown;
}

/** The section of an operation or a webhook, with a heading of level 3. */
export function describeOperation(placed: PlacedOperation, source: Source): string {
  const { document } = source;
  const { operation, method, path, parameters, isWebhook } = placed;
  const { body, responses } = placed.described;
  const samples = samplesFor(placed, source);
  return paragraphs([
    `### ${titleOf(placed)}`,
    isWebhook
      ? `Event \`${path}\`, sent by ${method}: ${operation.summary}`
      : `\`${method} ${path}\`, operation \`${operation.operationId}\``,
    operation.deprecated ? deprecation : '',
    operation.description,
    ...Object.entries(parameterHeadings).map(([place, heading]) => {
      const rows = parameters
        .filter((parameter) => parameter.in === place)
        .map(({ name, required, deprecated, schema, description = '' }) => [
          `\`${name}\``,
          typeText(schema ?? {}),
          required ? 'required' : 'optional',
          `${deprecated ? `${deprecation} ` : ''}${description}`,
        ]);
      const head = rows.length > 0 ? `#### ${heading}` : '';
      return paragraphs([head, table(['Name', 'Type', 'Required', 'Description'], rows)]);
    }),
    body &&
      paragraphs([
        `#### Body${body.required ? ', required' : ', optional'}`,
        describeBody(body as Body, document),
      ]),
    ...Array.from(responses, ([status, response]) =>
      paragraphs([`#### Response ${status}`, describeBody(response as Body, document)]),
    ),
    samples.length > 0 ? '#### Samples' : '',
    ...samples.map(({ label, language, code }) =>
      paragraphs([`${label}:`, codeBlock(language, [...code.values()][0] ?? '')]),
    ),
  ]);
}

/** The table of parameters, in the order and with the words of the page. */
const parameterHeadings = { path: 'Path', query: 'Query', header: 'Headers', cookie: 'Cookies' };

function describeBody({ description, headers = {}, content = {} }: Body, document: object): string {
  return paragraphs([
    description,
    table(
      ['Header', 'Type', 'Required', 'Description'],
      Object.entries(headers).map(([name, node]) => {
        const header = resolve(document as Document, node);
        return [
          `\`${name}\``,
          typeText(header.schema ?? {}),
          header.required ? 'required' : 'optional',
          header.description ?? '',
        ];
      }),
    ),
    ...Object.entries(content).flatMap(([mediaType, { schema = {}, examples = {} }]) => [
      `\`${mediaType}\`: ${typeText(schema)}`,
      fieldsOf(schema).length > 0 ? describeSchema(schema, document) : '',
      ...Object.entries(examples).flatMap(([name, node]) => {
        const { summary = name, value } = resolve(document as Document, node);
        return [`${summary} (\`${name}\`):`, jsonBlock(value)];
      }),
    ]),
  ]);
}
