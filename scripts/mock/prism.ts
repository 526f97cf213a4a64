// The only public interface of Prism is its command line. These private modules are what that command consists of; the
// packages are pinned, and only this file depends on them.
import { statSync } from 'node:fs';
import { getHttpOperationsFromSpec } from '@stoplight/prism-cli/dist/operations.js';
import type { createServer as CreateServer } from '@stoplight/prism-http-server';
import { getHttpConfigFromRequest } from '@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js';
import { serialize } from '@stoplight/prism-http-server/dist/serialize.js';
import type { Server } from '../openapi/document.ts';
import { readBasePaths } from '../openapi/servers.ts';
import { cleanAccept, essenceOf } from './media-type.ts';
import { readTemplate } from './path-template.ts';

// Its web server installs source-map-support, which takes over the stack traces of the whole process: every error
// would show the lines of other code.
const { prepareStackTrace } = Error;
const { createServer } = await import('@stoplight/prism-http-server');
Error.prepareStackTrace = prepareStackTrace;

/** An operation of the contract in the form of Prism: references resolved, examples as lists. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

/** A part of a request, or of a response, that violates the contract. */
export interface Violation {
  /** The path to it, starting with `request` or `response`. */
  location: string[];
  code?: string | number | undefined;
  message: string;
}

/** A request in the terms of the contract. */
export interface PrismRequest {
  method: string;
  /** Without the base path of a server, with the query. */
  path: string;
  headers: Headers;
  body: string;
}

/** A response whose body was read. */
export interface PrismResponse {
  status: number;
  headers: Headers;
  text: string;
}

/**
 * Prism without its server: that one ends the process, or never responds, when Prism fails on a request. Here, such a
 * failure rejects.
 */
export interface Prism {
  operations: Operation[];
  /** Removes the base path of a server of the contract from a path, as Prism knows only the paths. */
  withoutBasePath(path: string): string;
  /** The operation that a request is for. */
  operationOf(request: Pick<PrismRequest, 'method' | 'path'>): Operation | undefined;
  /** Responds with an example of the contract, or with the reason why the request is refused. */
  mock(request: PrismRequest): Promise<PrismResponse & { violations: Violation[] }>;
  /**
   * Validates a request, passes it on, and validates the response.
   *
   * @param respond handles the request. With `refuse`, it is only called if the request is valid.
   * @returns the response is undefined if the request was refused
   */
  check(
    request: PrismRequest,
    respond: () => Promise<PrismResponse>,
    options: { refuse: boolean },
  ): Promise<{ response: PrismResponse | undefined; violations: Violation[] }>;
}

/**
 * Loads Prism with the defaults of its command line.
 *
 * @param document path of an OpenAPI document in one file
 */
export async function loadPrism(document: string): Promise<Prism> {
  const operations = await readOperations(document);
  const config = {
    checkSecurity: true,
    errors: false,
    mock: { dynamic: false },
    upstreamProxy: undefined,
    validateRequest: true,
    validateResponse: true,
  };
  const { prism } = createServer(operations, {
    cors: false,
    components: { logger: silentLogger, forward },
    config: { ...config, isProxy: false },
  });
  const templates = operations.map((operation) => ({ operation, ...readTemplate(operation.path) }));
  function operationOf({ method, path }: Pick<PrismRequest, 'method' | 'path'>): Operation | undefined {
    const [pathname = ''] = path.split('?', 1);
    const isFor = ({ operation, matches }: (typeof templates)[number]) =>
      operation.method === method.toLowerCase() && matches(pathname);
    return templates.find(isFor)?.operation;
  }
  /** Prism takes minutes to see that a long path is not one of a template with several parameters in a segment. */
  function candidates({ url }: Input): Operation[] {
    return templates
      .filter(({ mixed, matches }) => !mixed || matches(url.path))
      .map(({ operation }) => operation);
  }

  const servers = operations.flatMap((each) => each.servers ?? []) as Server[];
  const basePaths = readBasePaths({ servers });
  return {
    operations,
    withoutBasePath(path) {
      const base = basePaths.find((each) => path.startsWith(`${each}/`)) ?? '';
      return path.slice(base.length);
    },
    operationOf,
    async mock(request) {
      const input = toInput(request, operationOf(request));
      const preferences = getHttpConfigFromRequest(input);
      if (preferences._tag === 'Left') return toProblem(preferences.left);
      const mock = { ...config.mock, ...preferences.right };
      const ended = await prism.request(input, candidates(input), { ...config, isProxy: false, mock })();
      if (ended._tag === 'Left') return toProblem(ended.left);
      const { output } = ended.right;
      const headers = new Headers(output.headers);
      const text = String(serialize(output.body, headers.get('content-type') ?? undefined) ?? '');
      return { status: output.statusCode, headers, text, violations: violationsOf(ended.right) };
    },
    async check(request, respond, { refuse }) {
      const input: ForwardedInput = { ...toInput(request, operationOf(request)), respond };
      // Nothing is sent to this address: `forward` is ours.
      const upstream = new URL('http://upstream.invalid');
      const ended = await prism.request(input, candidates(input), {
        ...config,
        isProxy: true,
        upstream,
        errors: refuse,
      })();
      if (ended._tag === 'Right') return { response: input.response, violations: violationsOf(ended.right) };
      const { violations = [{ location: ['request'], message: ended.left.message }] } = ended.left as Refused;
      return { response: input.response, violations };
    },
  };
}

let lastRead: { version: string; operations: Promise<Operation[]> } | undefined;

/** The operations of a document. To read it takes most of the start, so the last one is kept until its file changes. */
function readOperations(document: string): Promise<Operation[]> {
  const { mtimeMs, size } = statSync(document);
  const version = `${document} ${mtimeMs} ${size}`;
  if (lastRead?.version !== version) lastRead = { version, operations: getHttpOperationsFromSpec(document) };
  return lastRead.operations;
}

type PrismHttp = ReturnType<typeof CreateServer>['prism'];
type Input = Parameters<PrismHttp['request']>[0];
type Components = Parameters<typeof CreateServer>[1]['components'];
type Forward = NonNullable<Components['forward']>;

/** An input that takes the way back and the response along. */
type ForwardedInput = Input & { respond(): Promise<PrismResponse>; response?: PrismResponse };

/** The end of a request that Prism refused. */
interface Refused extends Error {
  violations?: Violation[];
}

/** Replaces the part of Prism that sends a request to another server. */
const forward: Forward =
  ({ data, validations }) =>
  () =>
  async () => {
    const input = data as ForwardedInput;
    const violations = validations.map((each) => toViolation('request', each));
    if (violations.length > 0)
      return { _tag: 'Left', left: Object.assign(new Error('refused'), { violations }) };
    input.response = await input.respond();
    const { status: statusCode, headers, text } = input.response;
    const body = isJson(headers) && statusCode !== 204 ? parseJson(text) : text;
    // The comparison of the response reports that: there is nothing to validate.
    if (body === undefined)
      return { _tag: 'Left', left: Object.assign(new Error('no JSON'), { violations: [] }) };
    return { _tag: 'Right', right: { statusCode, headers: Object.fromEntries(headers), body } };
  };

function toInput(
  { method, path, headers, body: sent }: PrismRequest,
  operation: Operation | undefined,
): Input {
  // Clients send `{}` with every POST. Prism refuses it where the contract has no body; services ignore it.
  const body = operation && !operation.request?.body ? '' : sent;
  const { pathname, searchParams } = new URL(`http://localhost${path}`);
  const query = Object.fromEntries(
    Array.from(searchParams.keys(), (name) => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
  const content = isJson(headers) ? (parseJson(body) ?? body) : body;
  // Prism compares the media type with the contract only if there is a length, and fails on one that it cannot parse.
  const read = new Headers(headers);
  const accepted = cleanAccept(read.get('accept') ?? '');
  if (accepted) read.set('accept', accepted);
  else read.delete('accept');
  read.set('content-length', String(Buffer.byteLength(body)));
  if (body === '') read.delete('content-type');
  return {
    method: method.toLowerCase() as Input['method'],
    url: { path: pathname, baseUrl: searchParams.get('__server') || undefined, query },
    headers: Object.fromEntries(read),
    body: body === '' ? null : content,
  } as Input;
}

function isJson(headers: Headers): boolean {
  return /^application\/(?:[^;]*\+)?json$/.test(essenceOf(headers.get('content-type') ?? '') ?? '');
}

/** Undefined if it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Diagnostics = { path?: (string | number)[]; code?: string | number; message: string };

function violationsOf({
  validations: { input, output },
}: {
  validations: Record<'input' | 'output', Diagnostics[]>;
}): Violation[] {
  return [
    ...input.map((each) => toViolation('request', each)),
    ...output.map((each) => toViolation('response', each)),
  ];
}

function toViolation(side: 'request' | 'response', { path = [], code, message }: Diagnostics): Violation {
  return { location: [side, ...path.map(String)], ...(code !== undefined && { code }), message };
}

interface ProblemError extends Error {
  status?: number;
  detail?: string;
  additional?: { headers?: Record<string, string> } | undefined;
}

/** An error of Prism as the response of its server. */
function toProblem(error: ProblemError) {
  const { name: type, message: title, status = 500, detail = '', additional } = error;
  const problem = { type, title, status, detail, ...additional };
  const headers = new Headers({ 'content-type': 'application/problem+json', ...additional?.headers });
  return { status, headers, text: JSON.stringify(problem), violations: [] };
}

/** Prism logs ten lines about each request. The relevant part is in its response and in our access log. */
const silentLogger = {
  child: () => silentLogger,
  debug() {},
  error() {},
  info() {},
  success() {},
  warn() {},
} as unknown as Components['logger'];
