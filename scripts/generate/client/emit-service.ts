import { type Document, type Reference, resolve, type Schema } from '../../openapi/document.ts';
import type { KeyScheme } from '../../openapi/security.ts';
import { readBaseUrl, readVariables } from '../../openapi/servers.ts';
import { forEachSchema } from '../normalize/walk.ts';
import { functionsIn, type Rules, readRules } from './emit-rule.ts';
import { emitServerUrl } from './emit-server-url.ts';
import type { Operations } from './operations.ts';
import { Code, docComment, emitNames, field, literal, quote } from './text.ts';

/** Writes service.ts: what the contract says about the whole service, for both clients. */
export function emitService(document: Document, client: Operations): string {
  const schemes = [...client.security.used.values()];
  const secrets = secretFields(document);
  const rules = readRules(client);
  return `${emitImports(document, schemes, rules)}
${docComment([`The ${document.info.title}, as its contract describes it.`])}export const service: Service = {
  name: ${quote(document.info.title)},
  baseUrl: ${quote(readBaseUrl(document))},
  userAgent: ${quote(userAgent(document))},
${emitSchemes(client)}${secrets.length > 0 ? `  secrets: ${literal(secrets)},\n` : ''}${emitRules(rules)}};

${docComment([
  `Creates a transport: the API key, the limits and the pauses that several clients share.${schemes.length > 0 ? `\n${describeCredentials(schemes)}` : ''}`,
  `@example\nconst transport = createTransport({ apiKey });\nconst client = createClient(transport);\nconst fetchClient = createFetchClient(transport);`,
  '@throws {InvalidInputError} for options that no call could be made with, such as a missing API key',
])}export function createTransport(options: ${clientOptionsType(client)} = {}): Transport {
  return openTransport(service, options);
}

${emitServerUrl(document)}/** True for every error of a client of this service, even from another bundle. */
export function isApiClientError(error: unknown): error is ApiClientError {
  return isErrorOfService(error, service.name);
}
`;
}

/** Where the functions of the rules are. */
const modules = {
  body: ['bodyIn', 'json', 'content', 'lines', 'multipart', 'urlencoded'],
  response: ['asText', 'asBlob', 'asRedirect', 'textAt'],
  styles: [
    ...['cookiesIn', 'deepObject', 'delimited', 'inPath', 'jsonInHeader', 'jsonInPath', 'jsonPair'],
    ...['objectInHeader', 'reserved'],
  ],
};

function emitImports(document: Document, schemes: KeyScheme[], rules: Rules): string {
  const functions = functionsIn(rules.operations);
  const used = (module: keyof typeof modules) =>
    emitNames(
      'import',
      functions.filter((name) => modules[module].includes(name)),
      `./runtime/${module}.ts`,
    );
  const settings = readVariables(document).length > 0 ? ['fillServer', 'type Service'] : ['type Service'];
  return [
    used('body'),
    emitNames('import', schemes.map(placeFunction), './runtime/credentials.ts'),
    emitNames('import', ['type ApiClientError', 'isErrorOfService'], './runtime/errors.ts'),
    emitNames('import', ['type ClientOptions'], './runtime/options.ts'),
    used('response'),
    emitNames('import', settings, './runtime/settings.ts'),
    used('styles'),
    emitNames('import', ['openTransport', 'type Transport'], './runtime/transport.ts'),
  ].join('');
}

/** The type of the options, with the names of the security schemes if there are several. */
export function clientOptionsType({ security: { used } }: Operations): string {
  return used.size > 1 ? `ClientOptions<${[...used.keys()].map(quote).join(' | ')}>` : 'ClientOptions';
}

function emitSchemes({ security: { used, common }, all }: Operations): string {
  if (used.size === 0) return '';
  const rows = Array.from(used.values(), (scheme) => `    ${field(scheme.name, emitScheme(scheme))},\n`);
  const open = all.some(
    ({ security }) => security.length === 0 || security.some((names) => names.length === 0),
  );
  return `  schemes: {
${rows.join('')}  },
  security: ${literal(common)},
${open ? '  open: true,\n' : ''}`;
}

function emitScheme(scheme: KeyScheme): string {
  const { place, field: name, prefix, variable } = scheme;
  const input = place === 'header' ? [name.toLowerCase(), prefix].filter(Boolean) : [name];
  return literal({ place: new Code(placeFunction(scheme), input), variable });
}

function placeFunction({ place }: KeyScheme): string {
  return { header: 'keyInHeader', query: 'keyInQuery', cookie: 'keyInCookie' }[place];
}

function emitRules({ uuids, accept, expected, operations }: Rules): string {
  const rows = Object.entries(operations).map(
    ([key, rule]) => `    ${quote(key)}: ${literal(rule, '    ')},\n`,
  );
  return [
    uuids.length > 0 ? `  uuids: ${literal(uuids)},\n` : '',
    accept === 'application/json' ? '' : `  accept: ${quote(accept)},\n`,
    expected.size > 0 ? `  expected: ${literal(Object.fromEntries(expected))},\n` : '',
    rows.length > 0 ? `  operations: {\n${rows.join('')}  },\n` : '',
  ].join('');
}

function describeCredentials(schemes: KeyScheme[]): string {
  const [first] = schemes;
  if (first && schemes.length === 1) return `Its \`apiKey\` is sent ${describeScheme(first)}.`;
  const each = schemes.map((scheme) => `\`${scheme.name}\` ${describeScheme(scheme)}`);
  return `Its \`credentials\` are sent: ${each.join(', ')}.`;
}

function describeScheme({ place, field, prefix }: KeyScheme): string {
  if (prefix === 'Bearer ') return 'as a bearer token';
  if (prefix === 'Basic ') return 'as base64 of `user:password`';
  return `in the ${place === 'header' ? 'header' : 'query parameter'} \`${field}\``;
}

/** A product token of HTTP contains no spaces: `Parcels-API-client/0.1.0`. */
function userAgent({ info }: Document): string {
  const token = (text: string) =>
    text
      .split(/[^\w.]+/)
      .filter(Boolean)
      .join('-');
  return `${token(info.title) || 'openapi'}-client/${token(info.version) || '0'}`;
}

/** Names of the fields whose values are credentials, such as a secret link. */
function secretFields(document: Document): string[] {
  const secrets = new Set<string>();
  forEachSchema(document, ({ schema: { properties = {} } }) => {
    for (const [name, property] of Object.entries(properties))
      if (isSecret(document, property)) secrets.add(name);
  });
  return [...secrets].sort();
}

/** Whether a value is a secret, or contains one under no other name. */
function isSecret(document: Document, node: Schema | Reference, within: object[] = []): boolean {
  const schema = resolve<Schema>(document, node);
  if (within.includes(schema)) return false;
  const { allOf = [], anyOf = [], oneOf = [], items } = schema;
  const parts = [...allOf, ...anyOf, ...oneOf, ...(items ? [items] : [])];
  return schema['x-secret'] === true || parts.some((part) => isSecret(document, part, [...within, schema]));
}
