import type { Document } from './document.ts';
import type { ContractOperation } from './operations.ts';
import { fillTemplate, namesIn } from './template.ts';

/** The address of the service as the contract writes it: that of the first server, with its variables. */
export function addressOf({ servers = [] }: Pick<Document, 'servers'>): string {
  return servers[0]?.url ?? 'http://localhost';
}

/**
 * The base URL of the service: the first server, with the defaults of its variables; empty if one has no default.
 */
export function readBaseUrl(document: Pick<Document, 'servers'>): string {
  const defaults = new Map(readVariables(document).map(({ name, fallback }) => [name, fallback]));
  const filled = fillTemplate(addressOf(document), (name) => defaults.get(name));
  // A protocol-relative URL: https.
  return /[{}]/.test(filled) ? '' : filled.replace(/^\/\//, 'https://');
}

/** The paths of all servers, without a trailing slash, the longest first. */
export function readBasePaths({ servers = [] }: Pick<Document, 'servers'>): string[] {
  const paths = servers.map((each) => {
    const url = readBaseUrl({ servers: [each] });
    return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : '';
  });
  const trimmed = paths.map((path) => path.replace(/(?<!\/)\/+$/, '')).filter((path) => path !== '');
  return [...new Set(trimmed)].sort((a, b) => b.length - a.length);
}

/** The server of an operation, if it differs from that of the service; empty if its address is not known. */
export function readServer(document: Document, { item, object }: ContractOperation): string | undefined {
  const servers = object.servers ?? item.servers;
  if (!servers?.length) return undefined;
  const baseUrl = readBaseUrl(document);
  const url = readBaseUrl({ servers });
  // A relative URL is on the same host.
  const server = resolveUrl(url, baseUrl);
  if (baseUrl && withoutSlash(server) === withoutSlash(baseUrl)) return undefined;
  return withoutSlash(server);
}

function resolveUrl(url: string, baseUrl: string): string {
  if (URL.canParse(url)) return url;
  return url && URL.canParse(url, baseUrl) ? new URL(url, baseUrl).href : '';
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}

/** A part of an address that the caller can choose. */
export interface ServerVariable {
  name: string;
  values: string[];
  /** Undefined for a variable that the contract does not declare. */
  fallback: string | undefined;
  description: string | undefined;
}

/** The variables of the first server. */
export function readVariables(document: Pick<Document, 'servers'>): ServerVariable[] {
  const { variables = {} } = document.servers?.[0] ?? {};
  return namesIn(addressOf(document)).map((name) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const { enum: values = [], default: fallback, description } = variable ?? {};
    return {
      name,
      values: values.map(String),
      fallback: fallback === undefined ? undefined : String(fallback),
      description,
    };
  });
}
