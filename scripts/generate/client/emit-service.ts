import { type Document, resolve, type Schema } from './document.ts';
import type { Operations } from './operations.ts';
import type { KeyScheme } from './security.ts';
import { readBaseUrl } from './service.ts';
import { docComment, quote } from './text.ts';

/** Writes service.ts: what the contract says of the service as a whole, and what follows from it for each client. */
export function emitService(document: Document, client: Operations): string {
  const { key } = client;
  const place = key && (key.place === 'header' ? 'keyInHeader' : 'keyInQuery');
  const secrets = secretFields(document);
  return `import { type ApiClientError, isErrorOfService } from './runtime/errors.ts';
import type { ClientOptions } from './runtime/options.ts';
import { ${place ? `${place}, ` : ''}type Service } from './runtime/service.ts';
import { openTransport, type Transport } from './runtime/transport.ts';

${docComment([`The ${document.info.title}, as its contract describes it.`])}export const service: Service = {
  name: ${quote(document.info.title)},
  baseUrl: ${quote(readBaseUrl(document))},
  userAgent: ${quote(userAgent(document))},
${key ? `  apiKey: ${emitKey(key, client)},\n` : ''}${secrets.length > 0 ? `  secrets: [${secrets.map(quote).join(', ')}],\n` : ''}};

${docComment([
  `Creates a transport: the API key, the limits and the pauses that several clients share.${key ? `\n${describeKey(key)}` : ''}`,
  `@example\nconst transport = createTransport({ apiKey });\nconst client = createClient(transport);\nconst fetchClient = createFetchClient(transport);`,
  '@throws {InvalidInputError} for options that no call could be made with, such as a missing API key',
])}export function createTransport(options: ClientOptions = {}): Transport {
  return openTransport(service, options);
}

/** True for every error of a client of this service, also of one in another bundle. */
export function isApiClientError(error: unknown): error is ApiClientError {
  return isErrorOfService(error, service.name);
}
`;
}

function emitKey({ place, field, prefix, variable }: KeyScheme, { operations }: Operations): string {
  const header = [field.toLowerCase(), prefix].filter(Boolean).map(quote).join(', ');
  const fields = [
    place === 'header' ? `place: keyInHeader(${header})` : `place: keyInQuery(${quote(field)})`,
    ...(variable ? [`variable: ${quote(variable)}`] : []),
    ...(operations.every(({ needsKey }) => needsKey) ? [] : ['optional: true']),
  ];
  return `{ ${fields.join(', ')} }`;
}

function describeKey({ place, field, prefix }: KeyScheme): string {
  if (prefix === 'Bearer ') return 'Its `apiKey` is sent as a bearer token.';
  if (prefix === 'Basic ') return 'Its `apiKey` is base64 of `user:password`.';
  return `Its \`apiKey\` is sent in the ${place === 'header' ? 'header' : 'query parameter'} \`${field}\`.`;
}

/** A product token of HTTP has no spaces: `Nectar-Climate-External-API-client/0.1.0`. */
function userAgent({ info }: Document): string {
  const token = (text: string) => text.replace(/[^\w.]+/g, '-').replace(/^-+|-+$/g, '');
  return `${token(info.title) || 'openapi'}-client/${token(info.version) || '0'}`;
}

/** Names of the fields that hold a credential, such as a link that is one. */
function secretFields(document: Document): string[] {
  const schemas = Object.values(document.components?.schemas ?? {});
  const secrets = schemas.flatMap((schema) =>
    Object.entries(resolve<Schema>(document, schema).properties ?? {})
      .filter(([, property]) => resolve<Schema>(document, property)['x-secret'])
      .map(([name]) => name),
  );
  return [...new Set(secrets)].sort();
}
