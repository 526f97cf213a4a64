import type { Document } from './document.ts';
import { clientOptionsType } from './emit-service.ts';
import { emitMethods, methodSignatures, writerFunctions } from './method.ts';
import type { Operation, Operations } from './operations.ts';
import { hasServerVariables } from './server-variables.ts';
import { docComment, emitImport, propertyName } from './text.ts';

/** Writes client.ts: one declared method per operation, over the types of schema.ts and the runtime beside it. */
export function emitMethodClient(document: Document, client: Operations): string {
  const { operations } = client;
  return [
    emitImports(document, client),
    emitInterface(document, operations),
    ...operations.map(emitErrors),
    emitOperationErrors(operations),
    emitGuard,
    emitFactory(document, client),
  ].join('\n');
}

function emitImports(document: Document, { operations, types }: Operations): string {
  const encoders = operations.flatMap(({ body }) => body?.encode?.functions ?? []);
  const decoders = operations.flatMap(({ success: { kind, byStatus } }) => [
    ...(kind === 'text' || kind === 'bytes' ? ['decodeAsIs'] : []),
    ...(byStatus.size > 0 ? ['decodeByStatus'] : []),
    ...(kind === 'redirect' ? ['decodeLocation'] : []),
  ]);
  const headers = operations.some((operation) => operation.headers);
  const lists = operations.some(({ pagination }) => pagination);
  const paging = operations.flatMap(({ pagination }) => pagination?.strategy ?? []);
  const readers = operations.flatMap(({ stream }) => stream?.reader ?? []);
  const streams = readers.length > 0 ? ['callStream', 'type StreamCall', ...readers] : [];
  const events = readers.some((reader) => reader !== 'jsonLines') ? ['ServerEvent'] : [];
  const optionTypes = ['type CallOptions', 'type ClientOptions', ...(headers ? ['type HeaderOptions'] : [])];
  return `import type { ApiCall } from './runtime/api-call.ts';
import type { OperationError } from './runtime/errors.ts';
${emitImport(
  events.map((type) => `type ${type}`),
  'event-stream',
)}${emitImport(lists ? ['callList', 'type ListCall'] : [], 'list-call')}import { callsOver } from './runtime/method-client.ts';
import type { ${optionTypes.map((each) => each.replace('type ', '')).join(', ')} } from './runtime/options.ts';
${emitImport(paging, 'paging')}${emitImport(writerFunctions(operations), 'parameter-styles')}${emitImport(encoders, 'request')}${emitImport(decoders, 'response')}${emitImport(streams, 'stream-call')}import { openTransport, type Transport } from './runtime/transport.ts';
${emitTypes(types)}import { isApiClientError, service } from './service.ts';

${publicErrors}
export type { ApiCall, DataWithResponse, Result } from './runtime/api-call.ts';
export type { CallEvent, Observer } from './runtime/events.ts';
${lists ? "export type { ListCall } from './runtime/list-call.ts';\n" : ''}export type { ApiKey, Credential } from './runtime/credentials.ts';
export type {
  CallOptions,
  ClientOptions,
  DerivedOptions,
  Fetch,
  FetchOptions,
${headers ? '  HeaderOptions,\n' : ''}} from './runtime/options.ts';
${streams.length > 0 ? STREAM_EXPORTS : ''}export type { Transport } from './runtime/transport.ts';
export type * from './schema.ts';
export { createTransport, isApiClientError${hasServerVariables(document) ? ', serverUrl, type ServerVariables' : ''} } from './service.ts';
`;
}

const STREAM_EXPORTS = `export { readEvents, readLines, type ServerEvent } from './runtime/event-stream.ts';
export type { StreamCall } from './runtime/stream-call.ts';
`;

const publicErrors = `export {
  AbortError,
  ApiClientError,
  ApiKeyError,
  ConnectionError,
  HttpError,
  InvalidInputError,
  InvalidResponseError,
  type OperationError,
  type Outcome,
  RedirectError,
  ResponseTooLargeError,
  TimeoutError,
} from './runtime/errors.ts';`;

function emitTypes(types: Set<string>): string {
  const rows = [...types].sort().map((type) => `  ${type},\n`);
  return rows.length > 0 ? `import type {\n${rows.join('')}} from './schema.ts';\n` : '';
}

function emitInterface({ info }: Document, operations: Operation[]): string {
  return `${docComment([`${info.title} ${info.version}`])}export interface Client {
${operations.flatMap(methodSignatures).join('\n')}}
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

function emitFactory({ info }: Document, client: Operations): string {
  const { operations, security } = client;
  const streams = operations.some(({ stream }) => stream);
  const comment = docComment([
    `Creates a client of the ${info.title} with a method for each operation, which throws what goes wrong.`,
    '@param options of the client, or a transport that it shares with others',
    '@throws {InvalidInputError} for options that no call could be made with, such as a missing API key',
  ]);
  return `${comment}export function createClient(options: ${clientOptionsType(client)} | Transport = {}): Client {
${streams ? '  const transport = openTransport(service, options);\n' : ''}  const call = callsOver(${streams ? 'transport' : 'openTransport(service, options)'});
  return {
${operations.map((operation) => emitMethods(operation, security.common)).join('')}  };
}
`;
}
