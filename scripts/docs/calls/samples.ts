import { camelCase } from '../../generate/client/names.ts';
import { isIdentifier } from '../../generate/identifiers.ts';
import type { Document } from '../../openapi/document.ts';
import type { PlacedOperation } from '../operations.ts';
import type { ClientNames, Source } from '../source.ts';
import { type Call, listCalls } from './list-calls.ts';
import { printJson, printLiteral } from './literal.ts';

/** The code samples in one language. */
export interface Sample {
  label: string;
  /** The language of the Markdown block. */
  language: 'sh' | 'ts';
  /**
   * The code for each example of the body, by the name of the example; a single one with an empty name without
   * examples.
   */
  code: Map<string, string>;
}

const ways: {
  label: string;
  language: Sample['language'];
  write(call: Call, client: ClientNames): string;
}[] = [
  { label: 'curl', language: 'sh', write: curlOf },
  { label: 'openapi-fetch', language: 'ts', write: fetchCallOf },
  { label: 'Methods', language: 'ts', write: methodCallOf },
];

export const sampleLabels = ways.map(({ label, language }) => ({ label, language }));

/** The code samples of an operation, in each language; all webhooks share one sample. */
export function samplesFor(placed: PlacedOperation, { document, programs, client }: Source): Sample[] {
  if (placed.isWebhook) {
    const receiver = programs.get('receiver.ts');
    return receiver ? [{ label: 'Receiver', language: 'ts', code: new Map([['', receiver]]) }] : [];
  }
  const calls = listCalls(placed, document as object as Document);
  return ways.map(({ label, language, write }) => ({
    label,
    language,
    code: new Map(calls.map((call) => [call.name, write(call, client)])),
  }));
}

/** The call as a command for a shell. */
export function curlOf({ method, path, server, pathParameters, query, body, security }: Call): string {
  const filled = pathParameters.reduce(
    (address, [name, value]) => address.replace(`{${name}}`, encodeURIComponent(String(value))),
    path,
  );
  const search = new URLSearchParams(query.map(([name, value]) => [name, String(value)])).toString();
  const isPlain = method === (body === undefined ? 'GET' : 'POST');
  return [
    `curl${isPlain ? '' : ` --request ${method}`} ${quoted(server + filled + (search && `?${search}`))}`,
    // In double quotes, so that the shell inserts the key.
    security && `--header "${security.header}: ${security.prefix}$${security.variable}"`,
    body !== undefined && "--header 'Content-Type: application/json'",
    body !== undefined && `--data ${quoted(printJson(body, "  --data ''".length).replaceAll('\n', '\n  '))}`,
  ]
    .filter(Boolean)
    .join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The call through the method client. */
function methodCallOf(call: Call, { module, variable }: ClientNames): string {
  const { operationId, pathParameters, query, body, result, isPaged } = call;
  const values = [
    ...pathParameters.map(([, value]) => value),
    ...(body === undefined ? [] : [body]),
    ...(query.length > 0 ? [Object.fromEntries(query)] : []),
  ];
  const start = isPaged ? 'for await (const item of ' : `const ${result} = await `;
  const name = isIdentifier(operationId) ? operationId : camelCase(operationId);
  const method = `${start}${variable}.${name}(`;
  const called = values.reduce<string>((text, value, index) => {
    const before = index === 0 ? text : `${text}, `;
    return before + printLiteral(value, before.length + ');'.length);
  }, method);
  return program(
    'createClient',
    module,
    variable,
    isPaged ? [`${called})) {`, '  console.log(item);', '}'] : [`${called});`, `console.log(${result});`],
  );
}

/** The call through the openapi-fetch client. */
function fetchCallOf({ method, path, pathParameters, query, body }: Call, { module }: ClientNames): string {
  const params = {
    ...(pathParameters.length > 0 && { path: Object.fromEntries(pathParameters) }),
    ...(query.length > 0 && { query: Object.fromEntries(query) }),
  };
  const options = {
    ...(Object.keys(params).length > 0 && { params }),
    ...(body !== undefined && { body }),
  };
  const start = `const { data, error } = await api.${method}(${printLiteral(path, 0)}`;
  const rest = Object.keys(options).length > 0 ? `, ${printLiteral(options, start.length)}` : '';
  return program('createFetchClient', module, 'api', [`${start}${rest});`, 'console.log(data ?? error);']);
}

function program(factory: string, module: string, variable: string, lines: string[]): string {
  return [`import { ${factory} } from '${module}';`, '', `const ${variable} = ${factory}();`, ...lines].join(
    '\n',
  );
}
