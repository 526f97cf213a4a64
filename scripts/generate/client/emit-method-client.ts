import type { Document } from './document.ts';
import { clientOptionsType } from './emit-service.ts';
import { emitMethods, methodSignatures, writerFunctions } from './method.ts';
import type { Operation, Operations } from './operations.ts';
import { hasServerVariables } from './servers.ts';
import { docComment, emitNames, propertyName, typeOnly } from './text.ts';

/** Writes client.ts: one declared method per operation, with the types of schema.ts, on top of the runtime. */
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
  const decoders = operations.flatMap(({ success }) => decoderFunctions(success));
  const strategies = operations.flatMap(({ pagination }) => pagination?.strategy ?? []);
  const lists = strategies.length > 0 ? ['callList', 'type ListCall', ...strategies] : [];
  const readers = operations.flatMap(({ stream }) => stream?.reader ?? []);
  const streams = readers.length > 0 ? ['callStream', 'type StreamCall', ...readers] : [];
  const events = readers.some((reader) => reader !== 'jsonLines') ? ['type ServerEvent'] : [];
  const headers = operations.some((operation) => operation.headers) ? ['type HeaderOptions'] : [];
  const serverUrl = hasServerVariables(document) ? ['serverUrl', 'type ServerVariables'] : [];
  const common = ['type CallOptions', 'type ClientOptions', ...headers];
  return [
    emitNames('import', ['type OperationError'], './runtime/errors.ts'),
    emitNames('import', lists, './runtime/lists.ts'),
    emitNames('import', ['type ApiCall', 'callsOver'], './runtime/method-client.ts'),
    emitNames('import', common, './runtime/options.ts'),
    emitNames('import', [...encoders, ...writerFunctions(operations)], './runtime/request.ts'),
    emitNames('import', decoders, './runtime/response.ts'),
    emitNames('import', [...streams, ...events], './runtime/streams.ts'),
    emitNames('import', ['openTransport', 'type Transport'], './runtime/transport.ts'),
    emitNames('import', Array.from(types, typeOnly), './schema.ts'),
    emitNames('import', ['isApiClientError', 'service'], './service.ts'),
    '\n',
    emitNames('export', ['type ApiKey', 'type Credential'], './runtime/credentials.ts'),
    emitNames('export', publicErrors, './runtime/errors.ts'),
    emitNames('export', ['type CallEvent', 'type Observer'], './runtime/events.ts'),
    emitNames('export', lists.length > 0 ? ['type ListCall'] : [], './runtime/lists.ts'),
    emitNames(
      'export',
      ['ApiCall', 'DataWithResponse', 'Result'].map(typeOnly),
      './runtime/method-client.ts',
    ),
    emitNames(
      'export',
      [...common, 'type DerivedOptions', 'type Fetch', 'type FetchOptions'],
      './runtime/options.ts',
    ),
    emitNames('export', streams.length > 0 ? publicStreams : [], './runtime/streams.ts'),
    emitNames('export', ['type Transport'], './runtime/transport.ts'),
    "export type * from './schema.ts';\n",
    emitNames('export', ['createTransport', 'isApiClientError', ...serverUrl], './service.ts'),
  ].join('');
}

function decoderFunctions({ kind, byStatus }: Operation['success']): string[] {
  return [
    ...(kind === 'text' || kind === 'bytes' ? ['decodeAsIs'] : []),
    ...(byStatus.size > 0 ? ['decodeByStatus'] : []),
    ...(kind === 'redirect' ? ['decodeLocation'] : []),
  ];
}

const publicErrors = [
  ...['AbortError', 'ApiClientError', 'ApiKeyError', 'ConnectionError', 'HttpError', 'InvalidInputError'],
  ...['InvalidResponseError', 'RedirectError', 'ResponseTooLargeError', 'TimeoutError'],
  ...['type OperationError', 'type Outcome'],
];

const publicStreams = ['readEvents', 'readLines', 'type ServerEvent', 'type StreamCall'];

function emitInterface({ info }: Document, operations: Operation[]): string {
  const methods = operations.flatMap(methodSignatures).join('\n');
  return `${docComment([`${info.title} ${info.version}`])}${emitObjectType('Client', methods)}`;
}

function emitErrors({ name, errorsName, errors }: Operation): string {
  const rows = Array.from(errors, ([status, type]) => `  ${statusKey(status)}: ${type};\n`).join('');
  return `${docComment([`The body of each documented error of \`${name}\`, by status.`])}${emitObjectType(errorsName, rows)}`;
}

/** An interface, or a type if it has no members: linters refuse empty interfaces. */
function emitObjectType(name: string, members: string): string {
  return members
    ? `export interface ${name} {\n${members}}\n`
    : `export type ${name} = Record<never, never>;\n`;
}

/** A range such as `4XX` is not a number. */
function statusKey(status: string): string {
  return /^\d+$/.test(status) ? status : propertyName(status);
}

function emitOperationErrors(operations: Operation[]): string {
  const rows = operations.map(({ id, errorsName }) => `  ${propertyName(id)}: ${errorsName};\n`).join('');
  return `${docComment(['The error bodies of every operation, by operationId.'])}${emitObjectType('OperationErrors', rows)}`;
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
  const transport = streams ? 'transport' : 'openTransport(service, options)';
  const calls = operations.length > 0 ? `const call = callsOver(${transport})` : transport;
  const comment = docComment([
    `Creates a client of the ${info.title} with a method for each operation, which throws what goes wrong.`,
    '@param options of the client, or a transport that it shares with others',
    '@throws {InvalidInputError} for options that no call could be made with, such as a missing API key',
  ]);
  return `${comment}export function createClient(options: ${clientOptionsType(client)} | Transport = {}): Client {
${streams ? '  const transport = openTransport(service, options);\n' : ''}  ${calls};
  return {
${operations.map((operation) => emitMethods(operation, security.common)).join('')}  };
}
`;
}
