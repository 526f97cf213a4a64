import createOpenApiFetch, { defaultBodySerializer, type Middleware } from 'openapi-fetch';
import type { ReadScope } from './attempt.ts';
import type { Call } from './call-run.ts';
import type { Security } from './credentials.ts';
import { ApiClientError, InvalidInputError } from './errors.ts';
import type { FetchClient } from './fetch-types.ts';
import type { CallOptions, Fetch } from './options.ts';
import { checkJson, fillPath, type Styles, type Writers, writeHeaders, writeQuery } from './request.ts';
import { invalidResponse, openStream, type ResponseSource, readBytes } from './response.ts';
import { readHeaders } from './settings.ts';
import type { Transport } from './transport.ts';

/** The rules of operations that differ from the defaults, by method and path: `POST /invitation`. */
export interface FetchRules {
  /**
   * Names of path parameters that must be UUIDs. With its path in front if this does not hold for each path with that
   * name.
   */
  uuids?: readonly string[];
  operations?: Record<string, OperationRule>;
}

export interface OperationRule {
  /** The contract allows a retry even if the request may have reached the service. GET and HEAD always allow it. */
  idempotent?: boolean;
  /** The header that makes a retry safe, in lower case. */
  idempotencyHeader?: string;
  /** The server of the operation, if it differs from that of the service. */
  server?: string;
  /** The contract documents a redirect as the success response. */
  redirect?: boolean;
  /** The security requirements, if they differ from those of the whole contract. */
  security?: Security;
  /** Styles of query parameters that differ from the default. */
  styles?: Styles;
  /** Writers of path parameters that differ from the default. */
  writers?: Writers;
  /** Writers of header parameters that differ from the default. */
  headerWriters?: Writers;
  /** A success with a status other than 204 and 205 may have no body. */
  empty?: boolean;
}

/** Options of a call: those of openapi-fetch and those of the transport. */
interface Init extends CallOptions {
  params?: { path?: Record<string, unknown>; query?: object; header?: object };
  baseUrl?: string;
  querySerializer?: unknown;
  pathSerializer?: unknown;
  bodySerializer?: unknown;
  middleware?: Middleware[];
  body?: unknown;
  parseAs?: string;
  fetch?: Fetch;
}

type Caller = (method: string, path: string, init?: Init) => Promise<unknown>;

const VERBS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

/** An openapi-fetch client over a transport. */
export function fetchClientOver<Paths extends {}>(
  transport: Transport,
  rules: FetchRules,
): FetchClient<Paths> {
  const { uuids = [], operations = {} } = rules;
  const { request, use, eject } = createOpenApiFetch({
    baseUrl: transport.baseUrlOf({}),
    Request: RequestWithText,
    headers: transport.headers,
    bodySerializer: writeBody,
  });

  const call: Caller = async (verb, path, init = {}) => {
    const method = String(verb).toUpperCase();
    const {
      idempotent = false,
      empty = false,
      styles,
      writers,
      headerWriters = {},
      ...rule
    } = operations[`${method} ${path}`] ?? {};
    const contract = { method, path, idempotent, ...rule };
    let reading: BodyReading | undefined;
    try {
      const { apiKey, timeout, totalTimeout, maxRetries, maxResponseBytes, signal, fetch, ...others } = init;
      const writeStyled = (query: object) => writeQuery(query, styles).slice(1);
      const ownUuids = uuids.map((each) => each.replace(`${path} `, ''));
      const writePath = (template: string, parameters: Record<string, unknown>) =>
        fillPath(template, parameters, ownUuids, writers);
      const {
        querySerializer = writeStyled,
        pathSerializer = writePath,
        bodySerializer,
        baseUrl = transport.baseUrlOf(contract),
        body,
        ...rest
      } = others;
      // Options that openapi-fetch does not know are for fetch.
      const { params, headers, middleware, parseAs = 'json', fetchOptions, ...further } = rest;
      const openApi = { baseUrl, querySerializer, pathSerializer, bodySerializer, body, parseAs };
      const options = { apiKey, timeout, totalTimeout, maxRetries, maxResponseBytes, signal };
      const send = (outgoing: Request) => {
        reading = new BodyReading(parseAs, empty || method === 'HEAD');
        const sent = {
          ...contract,
          options: { ...options, fetchOptions: { ...further, ...fetchOptions } },
          fetch,
        };
        return sendRequest(transport, sent, outgoing, reading);
      };
      return await (request as Caller)(method, path, {
        ...openApi,
        // Without parameters, openapi-fetch would send the path template.
        params: { query: params?.query, path: params?.path ?? {} },
        headers: {
          ...readHeaders(headers),
          ...readHeaders(params?.header),
          ...writeHeaders(params?.header, headerWriters),
        },
        middleware: middleware?.map(markFailures),
        fetch: send,
      } as object as Init);
    } catch (error) {
      throw toFailure(transport, { ...contract, options: {} }, error, reading);
    }
  };

  const verbs = VERBS.map((verb) => [verb, (path: string, init?: Init) => call(verb, path, init)]);
  return {
    request: call,
    ...Object.fromEntries(verbs),
    use: (...middleware: Middleware[]) => use(...middleware.map(markFailures)),
    eject: (...middleware: Middleware[]) => eject(...middleware.map(markFailures)),
  } as FetchClient<Paths>;
}

/** openapi-fetch passes the headers as well, although its types omit them: they can ask for a form. */
function writeBody(body: unknown, headers?: object): unknown {
  if (!(body instanceof FormData)) checkJson(body, 'body');
  return (defaultBodySerializer as (body: unknown, headers?: object) => unknown)(body, headers);
}

/** The bodies of requests as openapi-fetch wrote them. To read one back from its request takes as long as a call. */
const texts = new WeakMap<Request, string>();

/** Middleware can return another request, whose body is unknown here. */
const RequestWithText = new Proxy(Request, {
  construct(Target, [url, init]: ConstructorParameters<typeof Request>) {
    const request = new Target(url, init);
    if (typeof init?.body === 'string') texts.set(request, init.body);
    return request;
  },
});

/** The body of a request can be read only once; text or bytes can be sent again. */
async function readBody(request: Request): Promise<string | ArrayBuffer | null> {
  return texts.get(request) ?? (request.body === null ? null : await request.arrayBuffer());
}

async function sendRequest(
  transport: Transport,
  call: Call,
  request: Request,
  reading: BodyReading,
): Promise<Response> {
  return await transport.send(call, {
    async build() {
      const { url, method, headers } = request;
      const baseUrl = transport.baseUrlOf(call);
      // Middleware may have changed the URL.
      if (!url.startsWith(`${baseUrl}/`)) checkOrigin(url, baseUrl);
      return { url, method, headers: Object.fromEntries(headers), body: await readBody(request) };
    },
    read: (response, scope) => reading.read(response, scope),
    finish: (body, source) => reading.finish(body, source),
  });
}

function checkOrigin(url: string, baseUrl: string): void {
  const [asked, known] = [url, baseUrl].map((each) => new URL(each).origin);
  if (asked !== known) throw new InvalidInputError(`The API key is only sent to ${known}, not to ${asked}.`);
}

/**
 * Errors that middleware threw reach the caller unchanged. All others become errors of the client: before the request
 * was sent, the input was invalid; after a success, the response was.
 */
function toFailure(
  transport: Transport,
  call: Call,
  error: unknown,
  reading: BodyReading | undefined,
): unknown {
  if (error instanceof MiddlewareFailure) return error.thrown;
  if (error instanceof ApiClientError && error.method) return error;
  if (!reading) return transport.invalidInput(call, error);
  const { source } = reading;
  if (source?.response.ok) return invalidResponse('a body that is not JSON; the contract says JSON.', source);
  return transport.toClientError(call, error);
}

/** Reads the body of a response, and creates a new response for openapi-fetch to read. */
class BodyReading {
  source: ResponseSource | undefined;
  readonly #parseAs: string;
  readonly #mayBeEmpty: boolean;

  constructor(parseAs: string, mayBeEmpty: boolean) {
    this.#parseAs = parseAs;
    this.#mayBeEmpty = mayBeEmpty;
  }

  async read(response: Response, scope: ReadScope): Promise<BodyInit> {
    if (response.ok && response.body && this.#parseAs === 'stream') return openStream(response.body, scope);
    const chunks = await readBytes(response, scope.maxResponseBytes);
    return chunks.length === 1 ? (chunks[0] as BodyInit) : new Blob(chunks as BlobPart[]);
  }

  finish(body: BodyInit | undefined, source: ResponseSource): Response {
    const { response } = source;
    const empty = body instanceof Blob && body.size === 0;
    const bodiless = this.#mayBeEmpty || response.status === 204 || response.status === 205;
    if (response.ok && empty && this.#parseAs === 'json' && !bodiless)
      throw invalidResponse('no body; the contract says JSON.', source);
    this.source = source;
    return withBody(response, empty ? null : (body ?? null));
  }
}

/** Statuses that have no body. */
const BODILESS = [204, 205, 304];

/** The same response with another body. Keeps a status and a reason phrase that HTTP allows and `Response` does not. */
function withBody({ status, statusText, headers, url, ok }: Response, body: BodyInit | null): Response {
  const common = status >= 200 && status <= 599 && /^[\t -~]*$/.test(statusText);
  const init = common ? { status, statusText, headers } : { headers };
  const response = new Response(BODILESS.includes(status) ? null : body, init);
  const values = common ? { url } : { url, status, statusText, ok };
  for (const [name, value] of Object.entries(values)) Object.defineProperty(response, name, { value });
  return response;
}

/** Wraps an error that the caller's middleware threw, until it reaches the caller. */
class MiddlewareFailure extends Error {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    super();
    this.thrown = thrown;
  }
}

type Hook = (input: { error?: unknown }) => unknown;

const marked = new WeakMap<Middleware, Middleware>();

/**
 * Wraps middleware so that its errors can be distinguished from those of the client. The same input returns the same
 * object.
 */
function markFailures(middleware: Middleware): Middleware {
  // openapi-fetch reports what is wrong with it.
  if (typeof middleware !== 'object' || middleware === null) return middleware;
  const hooks = marked.get(middleware) ?? {
    onRequest: hookOf(middleware, 'onRequest'),
    onResponse: hookOf(middleware, 'onResponse'),
    onError: hookOf(middleware, 'onError'),
  };
  marked.set(middleware, hooks as Middleware);
  return hooks as Middleware;
}

function hookOf(middleware: Middleware, name: 'onRequest' | 'onResponse' | 'onError'): Hook | undefined {
  if (typeof middleware[name] !== 'function') return undefined;
  return async (input) => {
    // The error of another middleware, which onError may replace.
    const error = input.error instanceof MiddlewareFailure ? input.error.thrown : input.error;
    try {
      const result = await (middleware[name] as Hook)({ ...input, error });
      return result instanceof Error ? new MiddlewareFailure(result) : result;
    } catch (thrown) {
      throw new MiddlewareFailure(thrown);
    }
  };
}
