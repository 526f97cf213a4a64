import type { Document, OperationObject, PathItem } from './document.ts';
import { Unsupported } from './site.ts';
import { docComment, propertyName, quote } from './text.ts';

/** The base URL of the service: the first server, with the defaults of its variables. */
export function readBaseUrl({ servers = [] }: Pick<Document, 'servers'>): string {
  const { url = 'http://localhost', variables = {} } = servers[0] ?? {};
  const filled = url.replace(/\{([^{}]+)\}/g, (whole, name: string) => variables[name]?.default ?? whole);
  // A protocol-relative URL: https.
  return filled.replace(/^\/\//, 'https://');
}

/** The server of an operation, if it differs from that of the service. @throws {Unsupported} */
export function readServer(document: Document, item: PathItem, object: OperationObject): string | undefined {
  const servers = object.servers ?? item.servers;
  if (!servers?.length) return undefined;
  const baseUrl = readBaseUrl(document);
  const url = readBaseUrl({ servers });
  // A relative URL is on the same host.
  const server = URL.canParse(url) ? url : resolveUrl(url, baseUrl);
  if (!server || /[{}]/.test(url)) throw new Unsupported(`its server, ${url}, is not a URL`);
  return server.replace(/\/$/, '') === baseUrl.replace(/\/$/, '') ? undefined : server;
}

function resolveUrl(url: string, baseUrl: string): string | undefined {
  return URL.canParse(url, baseUrl) ? new URL(url, baseUrl).href : undefined;
}

/** Whether the URL of the service has variables. */
export function hasServerVariables(document: Document): boolean {
  return readVariables(document).length > 0;
}

/** Writes `serverUrl`, for the option `baseUrl`, if the URL of the service has variables. */
export function emitServerUrl(document: Document): string {
  const variables = readVariables(document);
  const [first] = variables;
  if (!first) return '';
  const fields = variables.map(({ name, type, fallback, description }) => {
    const comment = docComment([description, `@default ${quote(fallback)}`], '  ');
    return `${comment}  ${propertyName(name)}?: ${type} | undefined;\n`;
  });
  const defaults = variables.map(({ name, fallback }) => `${propertyName(name)}: ${quote(fallback)}`);
  const example = `{ ${propertyName(first.name)}: ${quote(first.fallback)} }`;
  return `/** What the address of the service depends on. */
export interface ServerVariables {
${fields.join('')}}

${docComment(['The address of the service, for `baseUrl`.', `@example\ncreateClient({ baseUrl: serverUrl(${example}) })`])}export function serverUrl(variables: ServerVariables = {}): string {
  const given: Record<string, string | undefined> = { ...variables };
  const defaults: Record<string, string> = { ${defaults.join(', ')} };
  return ${quote(document.servers?.[0]?.url ?? '')}.replace(
    /\\{([^{}]+)\\}/g,
    (whole, name: string) => given[name] ?? defaults[name] ?? whole,
  );
}

`;
}

interface Variable {
  name: string;
  type: string;
  fallback: string;
  description: string | undefined;
}

function readVariables({ servers = [] }: Document): Variable[] {
  const [{ url, variables = {} } = { url: '' }] = servers;
  const names = new Set(Array.from(url.matchAll(/\{([^{}]+)\}/g), ([, name = '']) => name));
  return [...names].flatMap((name) => {
    const variable = variables[name];
    if (!variable) return [];
    const { enum: values = [], default: fallback, description } = variable;
    const type = values.map((value) => quote(String(value))).join(' | ') || 'string';
    return [{ name, type, fallback: String(fallback), description }];
  });
}
