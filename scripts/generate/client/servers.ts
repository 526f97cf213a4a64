import type { Document, Server } from './document.ts';
import type { Site } from './site.ts';
import { docComment, literal, propertyName, quote } from './text.ts';

/**
 * The base URL of the service: the first server, with the defaults of its variables; empty if one has no default.
 */
export function readBaseUrl({ servers = [] }: Pick<Document, 'servers'>): string {
  const { url = 'http://localhost' } = servers[0] ?? {};
  const defaults = new Map(readVariables({ servers }).map(({ name, fallback }) => [name, fallback]));
  const filled = url.replace(/\{([^{}]+)\}/g, (whole, name: string) => defaults.get(name) ?? whole);
  // A protocol-relative URL: https.
  return /[{}]/.test(filled) ? '' : filled.replace(/^\/\//, 'https://');
}

/** The server of an operation, if it differs from that of the service; empty if its address is not known. */
export function readServer(document: Document, { item, object }: Site): string | undefined {
  const servers = object.servers ?? item.servers;
  if (!servers?.length) return undefined;
  const baseUrl = readBaseUrl(document);
  const url = readBaseUrl({ servers });
  // A relative URL is on the same host.
  const server =
    url && URL.canParse(url, baseUrl || undefined) ? new URL(url, baseUrl || undefined).href : '';
  const isSame = [url, server].some((each) => withoutSlash(each) === withoutSlash(baseUrl));
  if (isSame && baseUrl) return undefined;
  return withoutSlash(URL.canParse(url) ? url : server);
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
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
    const comment = docComment(
      [description, fallback === undefined ? '' : `@default ${quote(fallback)}`],
      '  ',
    );
    return fallback === undefined
      ? `${comment}  ${propertyName(name)}: ${type};\n`
      : `${comment}  ${propertyName(name)}?: ${type} | undefined;\n`;
  });
  const defaults = variables.flatMap(({ name, fallback }) =>
    fallback === undefined ? [] : [[name, fallback]],
  );
  const optional = defaults.length === variables.length ? ' = {}' : '';
  const example = literal({ [first.name]: first.fallback ?? first.name });
  return `/** What the address of the service depends on. */
export interface ServerVariables {
${fields.join('')}}

${docComment(['The address of the service, for `baseUrl`.', `@example\ncreateClient({ baseUrl: serverUrl(${example}) })`])}export function serverUrl(variables: ServerVariables${optional}): string {
  return fillServer(${quote(document.servers?.[0]?.url ?? '')}, ${literal(Object.fromEntries(defaults))}, variables);
}

`;
}

interface Variable {
  name: string;
  type: string;
  /** Undefined for a variable that the contract does not declare. */
  fallback: string | undefined;
  description: string | undefined;
}

function readVariables({ servers = [] }: { servers?: Server[] }): Variable[] {
  const [{ url, variables = {} } = { url: '' }] = servers;
  const names = new Set(Array.from(url.matchAll(/\{([^{}]+)\}/g), ([, name = '']) => name));
  return Array.from(names, (name) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const { enum: values = [], default: fallback, description } = variable ?? {};
    const type = values.map((value) => quote(String(value))).join(' | ') || 'string';
    return { name, type, fallback: fallback === undefined ? undefined : String(fallback), description };
  });
}
