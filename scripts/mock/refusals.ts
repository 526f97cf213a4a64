import type { IncomingMessage } from 'node:http';
import type { Operation } from './prism.ts';

/** A response of the mock itself, which is not part of the contract. */
export interface Refusal {
  status: number;
  title: string;
  detail: string;
  /** The part of the request, in the form of Prism's violations. */
  location: string[];
}

/** Removes the base path of a server of the contract, as Prism knows only the paths. */
export function withoutBasePath(path: string, operations: Operation[]): string {
  const bases = operations
    .flatMap(({ servers = [] }) =>
      servers.map(({ url }) => (URL.canParse(url) ? new URL(url).pathname : url)),
    )
    .map((base) => base.replace(/\/$/, ''))
    .filter((base) => base.startsWith('/') && path.startsWith(`${base}/`));
  return path.slice(Math.max(0, ...bases.map(({ length }) => length)));
}

/**
 * The reason to keep a request from Prism, if any: a path that ends its process, a body that it never responds to, a
 * media type that it fails on, a `Prefer` for something that does not exist, to which it responds with a misleading
 * 404.
 */
export function refusalOf(
  { method = '', headers }: IncomingMessage,
  path: string,
  body: Buffer,
  operations: Operation[],
): Refusal | undefined {
  const [pathname = ''] = path.split('?');
  try {
    decodeURIComponent(pathname);
  } catch {
    return {
      status: 400,
      title: 'Malformed path',
      detail:
        'A percent sign in the path is not followed by two hexadecimal digits of UTF-8: write it as %25.',
      location: ['request', 'path'],
    };
  }
  return (
    mediaTypeFault(headers['content-type']) ??
    jsonFault(headers['content-type'], body) ??
    preferFault(headers.prefer, operationFor(method, pathname, operations))
  );
}

function mediaTypeFault(type: string | undefined): Refusal | undefined {
  if (type === undefined || /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(?:;|$)/.test(type)) return undefined;
  return {
    status: 415,
    title: 'Malformed Content-Type',
    detail: `"${type}" is not a media type. Send application/json.`,
    location: ['request', 'header', 'content-type'],
  };
}

/** The reason why a body with a JSON media type is not JSON. */
function jsonFault(type: string | undefined, body: Buffer): Refusal | undefined {
  if (body.length === 0 || !/^application\/(?:[^;]*\+)?json\b/i.test(type ?? '')) return undefined;
  try {
    JSON.parse(body.toString());
    return undefined;
  } catch (error) {
    const detail = `The body is not valid JSON: ${(error as Error).message}`;
    return { status: 400, title: 'Malformed JSON', detail, location: ['request', 'body'] };
  }
}

/** 501, as the limitation is one of the mock and not of the API. */
function preferFault(prefer: unknown, operation: Operation | undefined): Refusal | undefined {
  if (prefer === undefined || operation === undefined) return undefined;
  const refuse = (wanted: string, offered: string[]): Refusal => ({
    status: 501,
    title: 'The mock has no such response',
    detail: `Prefer asks for ${wanted}, but ${operation.iid ?? operation.path} has ${offered.join(', ')}.`,
    location: ['request', 'header', 'prefer'],
  });
  const [, code] = /\bcode=([^\s,;]+)/.exec(String(prefer)) ?? [];
  const [, example] = /\bexample=([^\s,;]+)/.exec(String(prefer)) ?? [];
  const responses = operation.responses.filter((each) => code === undefined || covers(each.code, code));
  if (responses.length === 0) {
    return refuse(
      `the status ${code}`,
      operation.responses.map((each) => each.code),
    );
  }
  const examples = responses.flatMap(({ contents = [] }) =>
    contents.flatMap(({ examples: named = [] }) => named.map(({ key }) => key)),
  );
  if (example === undefined || examples.includes(example)) return undefined;
  return refuse(`the example ${example}`, [...new Set(examples)]);
}

/** Whether a key of `responses` covers a status: `404`, `4XX`, `default`. */
function covers(key: string, code: string): boolean {
  return key === code || key === 'default' || key.toUpperCase() === `${code[0]}XX`;
}

function operationFor(method: string, pathname: string, operations: Operation[]): Operation | undefined {
  const isMatch = ({ path }: Operation) =>
    new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`).test(
      pathname,
    );
  return operations.find((each) => each.method === method.toLowerCase() && isMatch(each));
}
