import type { Document, Pagination } from './document.ts';
import { type Operation, readOperations, type Skipped } from './operations.ts';
import { readService } from './service.ts';
import { docComment, indentLines, propertyName, quote } from './text.ts';

/** The client of a contract, and the operations that it has no method for. */
export interface EmittedClient {
  text: string;
  skipped: Skipped[];
}

/** Writes client.ts: one declared method per operation, over the types of schema.ts and the runtime beside it. */
export function emitClient(document: object): EmittedClient {
  const contract = document as Document;
  const { operations, skipped, types } = readOperations(contract);
  const text = [
    emitImports(types, operations),
    emitInterface(contract, operations),
    ...operations.map(emitErrors),
    emitOperationErrors(operations),
    emitGuard,
    emitService(contract),
    emitFactory(contract, operations),
  ].join('\n');
  return { text, skipped };
}

function emitImports(types: Set<string>, operations: Operation[]): string {
  const lists = operations.some(({ pagination }) => pagination);
  const list = "import { type ListCall, startList } from './runtime/list-call.ts';\n";
  return `import { connect } from './runtime/connect.ts';
import { isApiClientError } from './runtime/errors.ts';
${lists ? list : ''}import type { OperationError } from './runtime/operation-error.ts';
import type { CallOptions, ClientOptions } from './runtime/options.ts';
import type { ApiCall } from './runtime/pending-call.ts';
import type { RawClient } from './runtime/raw.ts';
import type {
${[...types]
  .sort()
  .map((type) => `  ${type},\n`)
  .join('')}} from './schema.ts';

export * from './runtime/errors.ts';
export type { ListCall } from './runtime/list-call.ts';
export type { OperationError } from './runtime/operation-error.ts';
export type { ApiKey, CallOptions, ClientOptions } from './runtime/options.ts';
export type { Answer, ApiCall, Result } from './runtime/pending-call.ts';
export type * from './schema.ts';
`;
}

function emitInterface({ info }: Document, operations: Operation[]): string {
  const raw = docComment(
    [
      [
        'The openapi-fetch client beneath: every path of the contract, also one that has no method here, and `use` for',
        'middleware. Key, time limits and retries are the same; an error answer is returned instead of thrown.',
      ].join('\n'),
    ],
    '  ',
  );
  return `${docComment([`${info.title} ${info.version}`])}export interface Client {
${raw}  readonly raw: RawClient<paths>;
${operations.map((operation) => `\n${emitDeclaration(operation)}`).join('')}}
`;
}

function emitDeclaration(operation: Operation): string {
  const { object, pathParameters, query, body } = operation;
  const parameters = [
    ...pathParameters.map(({ argument, type }) => `${argument}: ${type}`),
    ...(body ? [`body${body.required ? '' : '?'}: ${body.type}`] : []),
    ...(query ? [`query${query.required ? '' : '?'}: ${query.type}`] : []),
    'options?: CallOptions',
  ];
  const tags = [
    ...pathParameters.map(({ argument, description = '', uuid }) =>
      `@param ${argument} ${description}${uuid ? ' A UUID.' : ''}`.trim(),
    ),
    ...(body?.description ? [`@param body ${body.description}`] : []),
    ...(object.deprecated ? ['@deprecated'] : []),
  ];
  const comment = docComment(
    [object.summary, object.description, `\`${operation.method} ${operation.path}\``, tags.join('\n')],
    '  ',
  );
  const returns = emitReturnType(operation);
  const one = `  ${operation.name}(${parameters.join(', ')}): ${returns};\n`;
  const many = `  ${operation.name}(\n${parameters.map((each) => `    ${each},\n`).join('')}  ): ${returns};\n`;
  return comment + (one.length > 110 ? many : one);
}

function emitReturnType({ data, errorsName, pagination }: Operation): string {
  if (!pagination) return `ApiCall<${data}, ${errorsName}>`;
  return `ListCall<${data}, ${data}[${quote(pagination.items)}][number], ${errorsName}>`;
}

function emitErrors({ name, errorsName, errors }: Operation): string {
  const rows = Array.from(errors, ([status, type]) => `  ${status}: ${type};\n`).join('');
  return `${docComment([`The body of each documented error of \`${name}\`, by status.`])}export interface ${errorsName} {\n${rows}}\n`;
}

function emitOperationErrors(operations: Operation[]): string {
  const rows = operations.map(({ id, errorsName }) => `  ${propertyName(id)}: ${errorsName};\n`).join('');
  return `${docComment(['The error bodies of every operation, by operationId.'])}export interface OperationErrors {\n${rows}}\n`;
}

const emitGuard = `/** Whether a caught error came from a call of this operation; \`error.status\` then narrows \`error.body\`. */
export function isErrorOf<Id extends keyof OperationErrors>(
  error: unknown,
  operation: Id,
): error is OperationError<OperationErrors[Id]> {
  return isApiClientError(error) && error.operation === operation;
}
`;

function emitService(document: Document): string {
  const { baseUrl, apiKey } = readService(document);
  const key = apiKey && Object.entries(apiKey).map(([name, value]) => `${name}: ${quote(value)}`);
  return `const service = {
  baseUrl: ${quote(baseUrl)},
${key ? `  apiKey: { ${key.join(', ')} },\n` : ''}};
`;
}

function emitFactory({ info }: Document, operations: Operation[]): string {
  const comment = docComment([
    `Makes a client of the ${info.title}.`,
    '@throws {InvalidInputError} for options that no call could be made with, such as a missing API key',
  ]);
  return `${comment}export function createClient(clientOptions: ClientOptions = {}): Client {
  const { raw, call } = connect<paths>(service, clientOptions);
  return {
    raw,
${operations.map(emitMethod).join('')}  };
}
`;
}

function emitMethod({
  name,
  id,
  method,
  path,
  pathParameters,
  query,
  body,
  expected,
  object,
  pagination,
}: Operation): string {
  const parameters = [
    ...pathParameters.map(({ argument }) => argument),
    ...(body ? [body.defaultsToEmpty ? 'body = {}' : 'body'] : []),
    ...(query ? ['query'] : []),
    'options',
  ];
  const uuids = pathParameters.filter(({ uuid }) => uuid);
  const others = pathParameters.filter(({ uuid }) => !uuid);
  const input = [
    ...(uuids.length > 0 ? [`uuids: ${emitArguments(uuids)}`] : []),
    ...(others.length > 0 ? [`path: ${emitArguments(others)}`] : []),
    ...(query ? [emitQuery(pagination)] : []),
    ...(body ? ['body'] : []),
    ...(expected === 'object' ? [] : [`expected: ${quote(expected)}`]),
    ...(object['x-idempotent'] ? ['idempotent: true'] : []),
  ];
  const fields = input.map((each) => `  ${each},\n`).join('');
  const request = `call(${quote(id)}, ${quote(method)}, ${quote(path)}, options, {${fields && `\n${fields}`}})`;
  const result = pagination ? emitList(request, pagination) : request;
  return indentLines(`${name}: (${parameters.join(', ')}) =>\n${indentLines(result, '  ')},\n`, '    ');
}

function emitQuery(pagination: Pagination | undefined): string {
  if (!pagination) return 'query';
  const counter = pagination.page === 'page' ? 'page' : `${propertyName(pagination.page)}: page`;
  return `query: page ? { ...query, ${counter} } : query`;
}

function emitList(request: string, { page, items, hasNext }: Pagination): string {
  const field = propertyName(page);
  const counter = field === page ? `query?.${page}` : `query?.[${quote(page)}]`;
  return `startList(
  (page) =>
${indentLines(request, '    ')},
  ${counter},
  ${quote(items)},
  ${quote(hasNext)},
)`;
}

function emitArguments(parameters: Operation['pathParameters']): string {
  return `{ ${parameters.map(({ wireName, argument }) => (wireName === argument ? argument : `${propertyName(wireName)}: ${argument}`)).join(', ')} }`;
}
