import type { Operation } from '../../scripts/generate/client/operations.ts';
import {
  type Document,
  type Parameter,
  type PathItem,
  type Reference,
  resolve,
  type SecurityScheme,
} from '../../scripts/openapi/document.ts';

/** A request as a server got it. */
export interface SentRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * What a request has that the contract does not say, by a reading of the contract that is not that of the clients:
 * another server or path, a key where none belongs, or none where one does. Undefined for a right one.
 *
 * @param baseUrl of the client, if it has one of its own
 */
export function breachOf(
  document: Document,
  { method, path, object }: Operation,
  { url, ...request }: SentRequest,
  keys: string[],
  baseUrl: string | undefined,
): string | undefined {
  if (request.method !== method) return `${request.method} in place of ${method}`;
  const key = object['x-sent-as'] ? `${path} ${method}` : path;
  const item = resolve<PathItem>(document, document.paths?.[key] ?? {});
  const [{ url: server = '' } = {}] = object.servers ?? item.servers ?? document.servers ?? [];
  // The addresses with variables have tests of their own.
  const isFixed = URL.canParse(server) && !server.includes('{');
  const expected = baseUrl ?? (isFixed ? new URL(server).href.replace(/\/$/, '') : undefined);
  // As fetch writes a URL.
  const template = path.split(/\{[^{}]+\}/).map((text) => escapePattern(encodeURI(decodeURI(text))));
  if (expected !== undefined) {
    const pattern = new RegExp(`^${escapePattern(expected)}${template.join('[^?]+')}([?&]|$)`);
    if (!pattern.test(url)) return `${url} in place of ${expected}${path}`;
  }
  const text = JSON.stringify([url, request.headers]);
  const sent = keys.some((each) => text.includes(each) || text.includes(encodeURIComponent(each)));
  const alternatives = object.security ?? document.security ?? [];
  const wanted = alternatives.some(
    (names) => Object.keys(names).length > 0 && Object.keys(names).every((name) => isKey(document, name)),
  );
  const parameters = [...(item.parameters ?? []), ...(object.parameters ?? [])];
  if (sent === wanted || parameters.some((each) => isInPlaceOfKey(document, each))) return undefined;
  return sent ? 'a key, although the operation needs none that can be sent' : 'no key';
}

function escapePattern(text: string): string {
  return text.replace(/\W/g, '\\$&');
}

/** Whether a parameter is in the place of a key: the caller's value is sent there. */
function isInPlaceOfKey(document: Document, node: Parameter | Reference): boolean {
  const { in: place, name } = resolve<Parameter>(document, node);
  return Object.values(document.components?.securitySchemes ?? {}).some((each) => {
    const scheme = resolve<SecurityScheme>(document, each);
    const [where, field] = scheme.type === 'apiKey' ? [scheme.in, scheme.name] : ['header', 'authorization'];
    return place === where && name.toLowerCase() === field?.toLowerCase();
  });
}

/** Whether a scheme is one value that is sent with the request. */
function isKey(document: Document, name: string): boolean {
  const { type, scheme = '' } = resolve<SecurityScheme>(
    document,
    document.components?.securitySchemes?.[name] ?? { type: '' },
  );
  if (type === 'http') return !/^(digest|hoba|mutual|negotiate|scram-.*|)$/i.test(scheme);
  return ['apiKey', 'oauth2', 'openIdConnect'].includes(type);
}
