import { type Document, type Response, resolve } from './document.ts';
import { clientOptionsType } from './emit-service.ts';
import { emitSecurity, emitStyles, emitWriters, writerFunctions } from './method.ts';
import type { Operation, Operations } from './operations.ts';
import type { Security } from './security.ts';
import { docComment, emitNames, quote } from './text.ts';

/**
 * Writes fetch-client.ts: the openapi-fetch client of a contract. Its types grow with the contract, its code only with
 * the operations that differ from the defaults.
 */
export function emitFetchClient(document: Document, client: Operations): string {
  const { title } = document.info;
  return `${emitImports(client)}
${docComment([`An openapi-fetch client of the ${title}.`])}export type FetchClient = FetchClientOf<paths>;

/**
 * The client under the type of openapi-fetch itself, for libraries that accept one. An open enum is a plain string
 * there.
 *
 * @example
 * const hooks = createQueryClient(api as OpenApiFetchClient); // of openapi-react-query
 */
export type OpenApiFetchClient = Client<PlainPaths<paths>, 'application/json'>;

${docComment([
  `Creates an openapi-fetch client of the ${title}.\n${behaviour}`,
  '@param options of the client, or a transport that it shares with others',
  '@throws {InvalidInputError} for options that no call could be made with, such as a missing API key',
])}export function createFetchClient(options: ${clientOptionsType(client)} | Transport = {}): FetchClient {
  return fetchClientOver<paths>(openTransport(service, options), ${emitRules(document, client)});
}
`;
}

function emitImports({ operations }: Operations): string {
  return [
    emitNames('import', ['type Client'], 'openapi-fetch'),
    emitNames('import', ['fetchClientOver'], './runtime/fetch-client.ts'),
    emitNames('import', ['type FetchClient as FetchClientOf', 'type PlainPaths'], './runtime/fetch-types.ts'),
    emitNames('import', ['type ClientOptions'], './runtime/options.ts'),
    emitNames('import', writerFunctions(operations), './runtime/request.ts'),
    emitNames('import', ['openTransport', 'type Transport'], './runtime/transport.ts'),
    emitNames('import', ['type paths'], './schema.ts'),
    emitNames('import', ['service'], './service.ts'),
  ].join('');
}

const behaviour = `\`GET\`, \`POST\` and so on take a path and return \`{ data, error, response }\`. A response with an error status is returned;
everything else that goes wrong is thrown as an \`ApiClientError\`.`;

function emitRules(document: Document, { operations, security }: Operations): string {
  const uuids = uuidParameters(operations);
  const rows = operations.flatMap((operation) => {
    const rule = emitRule(document, operation, security.common);
    return rule ? [`      ${quote(`${operation.method} ${operation.path}`)}: ${rule},\n`] : [];
  });
  return `{
    uuids: [${uuids.map(quote).join(', ')}],
    operations: {${rows.length > 0 ? `\n${rows.join('')}    ` : ''}},
  }`;
}

/** Names that are UUIDs in every path that contains them; others with their path in front. */
function uuidParameters(operations: Operation[]): string[] {
  const all = operations.flatMap(({ path, pathParameters }) =>
    pathParameters.map((each) => ({ ...each, path })),
  );
  const names = all
    .filter(({ uuid }) => uuid)
    .map(({ wireName, path }) =>
      all.every((other) => other.wireName !== wireName || other.uuid) ? wireName : `${path} ${wireName}`,
    );
  return [...new Set(names)].sort();
}

function emitRule(document: Document, operation: Operation, common: Security): string | undefined {
  const security = emitSecurity(operation.security, common);
  const styles = operation.query && emitStyles(operation.query);
  const fields = [
    ...(operation.object['x-idempotent'] ? ['idempotent: true'] : []),
    ...(operation.idempotencyHeader ? [`idempotencyHeader: ${quote(operation.idempotencyHeader)}`] : []),
    ...(operation.server ? [`server: ${quote(operation.server)}`] : []),
    ...(operation.success.kind === 'redirect' ? ['redirect: true'] : []),
    ...(security ? [`security: ${security}`] : []),
    ...(styles ? [`styles: ${styles}`] : []),
    ...emitWriters(operation),
    ...(mayBeEmpty(document, operation) ? ['empty: true'] : []),
  ];
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : undefined;
}

/** Whether a success can have no body, although its status does not imply that. */
function mayBeEmpty(document: Document, { object, success }: Operation): boolean {
  if (success.expected === 'unknown') return true;
  return Object.entries(object.responses ?? {}).some(([status, node]) => {
    const { content = {} } = resolve<Response>(document, node);
    return /^2/.test(status) && status !== '204' && status !== '205' && Object.keys(content).length === 0;
  });
}
