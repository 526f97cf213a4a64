import type { Document } from '../../openapi/document.ts';
import { clientOptionsType } from './emit-service.ts';
import type { Operations } from './operations.ts';
import { docComment } from './text.ts';

/** Writes fetch-client.ts: the openapi-fetch client of a contract. Its types grow with the contract, its code does not. */
export function emitFetchClient({ info: { title } }: Document, client: Operations): string {
  return `import type { Client } from 'openapi-fetch';
import { fetchClientOver } from './runtime/fetch-client.ts';
import type { FetchClient as FetchClientOf, PlainPaths } from './runtime/fetch-types.ts';
import type { ClientOptions } from './runtime/options.ts';
import { openTransport, type Transport } from './runtime/transport.ts';
import type { paths } from './schema.ts';
import { service } from './service.ts';

${docComment([`An openapi-fetch client of the ${title}.`])}export type FetchClient = FetchClientOf<paths>;

/**
 * The client under the type of openapi-fetch itself, for libraries that accept one. An open enum is a plain string
 * there. Data and errors are those of JSON, also of \`application/problem+json\`. An error can be an \`ApiClientError\` as
 * well, which these types cannot say: ask \`isApiClientError\`.
 *
 * @example
 * const hooks = createQueryClient(api as OpenApiFetchClient); // of openapi-react-query
 */
export type OpenApiFetchClient = Client<PlainPaths<paths>, \`\${string}/\${string}json\${string}\`>;

${docComment([
  `Creates an openapi-fetch client of the ${title}.\n${behaviour}`,
  '@param options of the client, or a transport that it shares with others',
  '@throws {InvalidInputError} for options that no call could be made with, such as a missing API key',
])}export function createFetchClient(options: ${clientOptionsType(client)} | Transport = {}): FetchClient {
  return fetchClientOver<paths>(openTransport(service, options));
}
`;
}

const behaviour = `\`GET\`, \`POST\` and so on take a path and return \`{ data, error, response }\`. A response with an error status is returned;
everything else that goes wrong is thrown as an \`ApiClientError\`.`;
