import type { Document } from '../../openapi/document.ts';
import { readVariables } from '../../openapi/servers.ts';
import { clientOptionsType } from './emit-service.ts';
import { emitMethods, methodSignatures } from './method.ts';
import type { NamedOperation, Operations } from './operations.ts';
import { docComment, emitNames, propertyName, typeOnly } from './text.ts';

/** Writes client.ts: one declared method per operation, with the types of schema.ts, on top of the runtime. */
export function emitMethodClient(document: Document, client: Operations): string {
  const { named } = client;
  return [
    emitImports(document, client),
    emitInterface(document, named),
    ...named.map(emitErrors),
    emitOperationErrors(named),
    emitGuard,
    emitFactory(document, client),
  ].join('\n');
}

function emitImports(document: Document, { named, types }: Operations): string {
  const strategies = named.flatMap(({ pagination }) => pagination?.next.name ?? []);
  const lists = strategies.length > 0 ? ['callList', 'type ListCall', ...strategies] : [];
  const readers = named.flatMap(({ stream }) => stream?.reader ?? []);
  const streams = readers.length > 0 ? ['callStream', 'type StreamCall', ...readers] : [];
  const events = readers.some((reader) => reader !== 'jsonLines') ? ['type ServerEvent'] : [];
  const headers = named.some((operation) => operation.headers) ? ['type HeaderOptions'] : [];
  const cookies = named.some((operation) => operation.cookies) ? ['type CookieOptions'] : [];
  const serverUrl = readVariables(document).length > 0 ? ['serverUrl', 'type ServerVariables'] : [];
  const common = ['type CallOptions', 'type ClientOptions', ...headers, ...cookies];
  return [
    emitNames('import', ['type OperationError'], './runtime/errors.ts'),
    emitNames('import', lists, './runtime/lists.ts'),
    emitNames('import', ['type ApiCall', 'callsOver'], './runtime/method-client.ts'),
    emitNames('import', common, './runtime/options.ts'),
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

const publicErrors = [
  ...['AbortError', 'ApiClientError', 'ApiKeyError', 'ConnectionError', 'HttpError', 'InvalidInputError'],
  ...['InvalidResponseError', 'RedirectError', 'ResponseTooLargeError', 'TimeoutError'],
  ...['type OperationError', 'type Outcome'],
];

const publicStreams = ['readEvents', 'readLines', 'type ServerEvent', 'type StreamCall'];

function emitInterface({ info }: Document, operations: NamedOperation[]): string {
  const methods = operations.flatMap(methodSignatures).join('\n');
  return `${docComment([`${info.title} ${info.version}`])}${emitObjectType('Client', methods)}`;
}

function emitErrors({ name, errorsName, errors }: NamedOperation): string {
  const rows = Array.from(errors.types, ([status, type]) => `  ${statusKey(status)}: ${type};\n`).join('');
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

function emitOperationErrors(operations: NamedOperation[]): string {
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
  const { named } = client;
  const streams = named.some(({ stream }) => stream);
  const transport = streams ? 'transport' : 'openTransport(service, options)';
  const calls = named.length > 0 ? `const call = callsOver(${transport})` : transport;
  const comment = docComment([
    `Creates a client of the ${info.title} with a method for each operation, which throws what goes wrong.`,
    '@param options of the client, or a transport that it shares with others',
    '@throws {InvalidInputError} for options that no call could be made with, such as a missing API key',
  ]);
  return `${comment}export function createClient(options: ${clientOptionsType(client)} | Transport = {}): Client {
${streams ? '  const transport = openTransport(service, options);\n' : ''}  ${calls};
  return {
${named.map(emitMethods).join('')}  };
}
`;
}
