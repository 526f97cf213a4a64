import type { Document } from './document.ts';
import { emitMethod, methodSignature } from './method.ts';
import { type Operation, type Operations, readOperations, type Skipped } from './operations.ts';
import type { KeyScheme } from './security.ts';
import { readBaseUrl } from './service.ts';
import { docComment, propertyName, quote } from './text.ts';

/** The client of a contract, and the operations that it has no method for. */
export interface EmittedClient {
  text: string;
  skipped: Skipped[];
}

/** Writes client.ts: one declared method per operation, over the types of schema.ts and the runtime beside it. */
export function emitClient(document: object): EmittedClient {
  const contract = document as Document;
  const client = readOperations(contract);
  const { operations, skipped } = client;
  const text = [
    emitImports(client),
    emitInterface(contract, operations),
    ...operations.map(emitErrors),
    emitOperationErrors(operations),
    emitGuard,
    emitService(contract, client),
    emitFactory(contract, client),
  ].join('\n');
  return { text, skipped };
}

function emitImports({ operations, types, key }: Operations): string {
  const encoders = operations.flatMap(({ body }) => body?.encode?.name ?? []);
  const decoders = operations.flatMap(({ success: { kind, byStatus } }) => [
    ...(kind === 'text' || kind === 'bytes' ? ['asIs'] : []),
    ...(byStatus.size > 0 ? ['byStatus'] : []),
  ]);
  const headers = operations.some((operation) => operation.headers);
  const lists = operations.some(({ pagination }) => pagination);
  return `import { connect } from './runtime/connect.ts';
${emitImport(decoders, 'decode')}${emitImport(encoders, 'encode')}import { isApiClientError } from './runtime/errors.ts';
${emitImport(headers ? ['type HeaderOptions', 'withHeaders'] : [], 'header-options')}${emitImport(
  key ? [key.place === 'header' ? 'keyInHeader' : 'keyInQuery'] : [],
  'key',
)}${emitImport(lists ? ['type ListCall', 'startList'] : [], 'list-call')}import type { OperationError } from './runtime/operation-error.ts';
import type { CallOptions, ClientOptions } from './runtime/options.ts';
import type { ApiCall } from './runtime/pending-call.ts';
import type { RawClient } from './runtime/raw.ts';
import type {
${[...types]
  .sort()
  .map((type) => `  ${type},\n`)
  .join('')}} from './schema.ts';

export * from './runtime/errors.ts';
${headers ? "export type { HeaderOptions } from './runtime/header-options.ts';\n" : ''}${lists ? "export type { ListCall } from './runtime/list-call.ts';\n" : ''}export type { OperationError } from './runtime/operation-error.ts';
export type { ApiKey, CallOptions, ClientOptions } from './runtime/options.ts';
export type { Answer, ApiCall, Result } from './runtime/pending-call.ts';
export type * from './schema.ts';
`;
}

function emitImport(names: string[], module: string): string {
  const list = [...new Set(names)].sort().join(', ');
  return list && `import { ${list} } from './runtime/${module}.ts';\n`;
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
${operations.map((operation) => `\n${methodSignature(operation)}`).join('')}}
`;
}

function emitErrors({ name, errorsName, errors }: Operation): string {
  const rows = Array.from(errors, ([status, type]) => `  ${statusKey(status)}: ${type};\n`).join('');
  return `${docComment([`The body of each documented error of \`${name}\`, by status.`])}export interface ${errorsName} {\n${rows}}\n`;
}

/** A range such as `4XX` is no number. */
function statusKey(status: string): string {
  return /^\d+$/.test(status) ? status : propertyName(status);
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

function emitService(document: Document, { key, operations }: Operations): string {
  return `const service = {
  baseUrl: ${quote(readBaseUrl(document))},
${key ? `  apiKey: ${emitKey(key, operations)},\n` : ''}};
`;
}

function emitKey({ place, field, prefix, variable }: KeyScheme, operations: Operation[]): string {
  const header = [field.toLowerCase(), prefix].filter(Boolean).map(quote).join(', ');
  const fields = [
    place === 'header' ? `place: keyInHeader(${header})` : `place: keyInQuery(${quote(field)})`,
    ...(variable ? [`variable: ${quote(variable)}`] : []),
    ...(operations.every(({ needsKey }) => needsKey) ? [] : ['optional: true']),
  ];
  return `{ ${fields.join(', ')} }`;
}

function emitFactory({ info }: Document, { key, operations }: Operations): string {
  const comment = docComment([
    `Makes a client of the ${info.title}.${key ? ` ${describeKey(key)}` : ''}`,
    '@throws {InvalidInputError} for options that no call could be made with, such as a missing API key',
  ]);
  return `${comment}export function createClient(clientOptions: ClientOptions = {}): Client {
  const { raw, call } = connect<paths>(service, clientOptions);
  return {
    raw,
${operations.map((operation) => emitMethod(operation, key !== undefined)).join('')}  };
}
`;
}

function describeKey({ place, field, prefix }: KeyScheme): string {
  if (prefix === 'Bearer ') return 'Its `apiKey` is sent as a bearer token.';
  if (prefix === 'Basic ') return 'Its `apiKey` is base64 of `user:password`.';
  return `Its \`apiKey\` is sent in the ${place === 'header' ? 'header' : 'query parameter'} \`${field}\`.`;
}
