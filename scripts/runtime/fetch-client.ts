import createOpenApiFetch, {
  createQuerySerializer,
  type Middleware,
  type PathSerializer,
  type QuerySerializerOptions,
} from 'openapi-fetch';
import { isRedirect, type OutgoingRequest, type ReadScope } from './attempt.ts';
import type { Encode } from './body.ts';
import type { Call } from './call-run.ts';
import { ApiClientError, InvalidInputError } from './errors.ts';
import type { FetchClient } from './fetch-types.ts';
import type { CallOptions, Fetch } from './options.ts';
import { writeHeaders } from './parameters.ts';
import {
  decodeText,
  httpError,
  isTextError,
  openStream,
  type ResponseSource,
  readBytes,
  readData,
} from './response.ts';
import { originOf } from './settings.ts';
import type { Transport } from './transport.ts';

/** Options of a call: those of openapi-fetch and those of the transport. */
interface Init extends CallOptions {
  params?: { path?: object; query?: object; header?: object; cookie?: object };
  baseUrl?: string;
  querySerializer?: ((query: object) => string) | QuerySerializerOptions;
  pathSerializer?: PathSerializer;
  bodySerializer?: Encode;
  middleware?: Middleware[];
  body?: unknown;
  parseAs?: string;
  fetch?: Fetch;
}

/** What openapi-fetch returns. */
interface Result {
  data?: unknown;
  error?: unknown;
  response: Response;
}

type Caller = (method: string, path: string, init?: Init) => Promise<Result>;

const VERBS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

/**
 * An openapi-fetch client over a transport. openapi-fetch runs the middleware and reads the body; its serializers and
 * its `fetch` are those of the transport.
 */
export function fetchClientOver<Paths extends {}>(transport: Transport): FetchClient<Paths> {
  const { request, use, eject } = createOpenApiFetch({});
  const installed = new Set<Middleware>();

  const call: Caller = async (verb, path, init = {}) => {
    const method = String(verb).toUpperCase();
    const rule = transport.ruleOf(method, path);
    const described: Call = { method, path, rule, options: { apiKey: init.apiKey } };
    const run = transport.runOf(described);
    const { read } = rule;
    const reading = new BodyReading(init.parseAs ?? (read === 'text' || read === 'blob' ? read : 'json'));
    try {
      const {
        apiKey,
        timeout,
        totalTimeout,
        maxRetries,
        maxResponseBytes,
        callIdHeader,
        signal,
        fetch,
        ...others
      } = init;
      const { params, headers, middleware, parseAs, fetchOptions, body, ...rest } = others;
      // Options that openapi-fetch does not know are for fetch.
      const { baseUrl: own, querySerializer, pathSerializer, bodySerializer, ...further } = rest;
      const baseUrl = (own ?? transport.baseUrlOf(rule)).replace(/\/$/, '');
      const { path: inPath = {}, query } = params ?? {};
      const written = transport.write(
        described,
        {
          path: inPath,
          url: pathSerializer?.(baseUrl + path, inPath as Record<string, unknown>),
          query: querySerializer ? serializeQuery(querySerializer, query) : query,
          cookies: params?.cookie,
          body,
          encode: bodySerializer,
          stream: reading.parseAs === 'stream',
        },
        {
          ...transport.headers,
          ...writeHeaders(headers, rule.headers),
          ...writeHeaders(params?.header, rule.headers),
        },
        baseUrl,
      );
      const options = { apiKey, timeout, totalTimeout, maxRetries, maxResponseBytes, callIdHeader, signal };
      described.options = { ...options, fetchOptions: { ...further, ...fetchOptions } };
      described.fetch = fetch;
      const result = await (request as Caller)(method, path, {
        baseUrl,
        params: { query, path: inPath },
        // It takes every body for JSON, unless it is told the opposite.
        headers: { 'content-type': null, ...written.headers },
        body: written.body ?? undefined,
        pathSerializer: () => written.url,
        querySerializer: () => '',
        bodySerializer: () => written.body,
        middleware: middleware?.map(markFailures),
        // The transport parses JSON, by what the contract says.
        parseAs: reading.parseAs === 'json' ? 'text' : reading.parseAs,
        // Middleware needs a real request.
        Request: installed.size > 0 || middleware ? Request : Unseen,
        fetch: (outgoing: Request | Unseen) =>
          transport.send(
            described,
            {
              build: async () => {
                const request = outgoing instanceof Unseen ? written : await readRequest(outgoing);
                checkOrigin(request.url, transport.baseUrlOf(rule));
                return request;
              },
              read: (response, scope) => reading.read(response, scope),
              finish: (content, source) => reading.finish(content, source),
            },
            run,
          ),
      } as object as Init);
      return reading.complete(result, () => run.sourceOf(result.response));
    } catch (error) {
      // Errors that middleware threw reach the caller unchanged. Those without a method are about its input.
      if (error instanceof MiddlewareFailure) throw error.thrown;
      throw error instanceof ApiClientError && error.method ? error : run.invalidInput(error);
    }
  };

  const verbs = VERBS.map((verb) => [verb, (path: string, init?: Init) => call(verb, path, init)]);
  return {
    request: call,
    ...Object.fromEntries(verbs),
    use: (...middleware: Middleware[]) => {
      use(...middleware.map(markFailures));
      for (const each of middleware) installed.add(each);
    },
    eject: (...middleware: Middleware[]) => {
      eject(...middleware.map(markFailures));
      for (const each of middleware) installed.delete(each);
    },
  } as FetchClient<Paths>;
}

/** Stands for the request while no middleware sees it: to create a real one takes as long as the rest of a call. */
class Unseen {
  readonly method: string;

  constructor(_: string, { method }: { method: string }) {
    this.method = method;
  }
}

/** The request as middleware has left it. Its body is read, as it may be sent more than once. */
async function readRequest(request: Request): Promise<OutgoingRequest> {
  const { url, method, headers } = request;
  const body = request.body === null ? null : await request.arrayBuffer();
  return { url, method, headers: Object.fromEntries(headers), body };
}

function checkOrigin(url: string, baseUrl: string): void {
  if (url.startsWith(`${baseUrl}/`)) return;
  const [asked, known] = [url, baseUrl].map(originOf);
  if (asked !== known) throw new InvalidInputError(`The API key is only sent to ${known}, not to ${asked}.`);
}

function serializeQuery(serializer: NonNullable<Init['querySerializer']>, query: object = {}): string {
  const write = typeof serializer === 'function' ? serializer : createQuerySerializer<object>(serializer);
  return (write as (query: object) => string)(query).replace(/^\?/, '');
}

/** Reads the body of a response for openapi-fetch, and completes what that returns. */
class BodyReading {
  readonly parseAs: string;
  source: ResponseSource | undefined;
  #text = '';
  #response: Response | undefined;

  constructor(parseAs: string) {
    this.parseAs = parseAs;
  }

  async read(response: Response, scope: ReadScope): Promise<Uint8Array[] | ReadableStream> {
    if (response.ok && response.body && this.parseAs === 'stream') return openStream(response.body, scope);
    return await readBytes(response, scope.maxResponseBytes);
  }

  finish(body: Uint8Array[] | ReadableStream = [], source: ResponseSource): Response {
    const chunks = body as Uint8Array[];
    this.source = source;
    if (!source.response.ok) this.#text = decodeText(chunks);
    // A body of one chunk needs no copy.
    const content = chunks.length > 1 ? new Blob(chunks as BlobPart[]) : (chunks[0] ?? null);
    this.#response = withBody(source.response, (body instanceof ReadableStream ? body : content) as BodyInit);
    return this.#response;
  }

  /** @param sourceOf describes a response that middleware has created, whose body is its own affair */
  complete({ response, data, error }: Result, sourceOf: () => ResponseSource): Result {
    const source = response === this.#response ? this.source : undefined;
    const { read } = source?.rule ?? {};
    if (response.ok || (read === 'redirect' && isRedirect(response))) {
      const text = data as string | undefined;
      if (this.parseAs !== 'json') return { data, response };
      if (source) return { data: readData(text ?? '', source), response };
      return { data: text ? JSON.parse(text) : undefined, response };
    }
    if (source && isTextError(source) && this.#text) return { error: this.#text, response };
    return { error: error || httpError(source && this.#text, source ?? sourceOf()), response };
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

type Hook = (input: { error?: unknown; request: Request; response?: Response }) => unknown;

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
  const hook = middleware[name] as Hook;
  if (typeof hook !== 'function') return undefined;
  return async (input) => {
    // The error of another middleware, which onError may replace.
    const error = input.error instanceof MiddlewareFailure ? input.error.thrown : input.error;
    let result: unknown;
    try {
      result = await hook.call(middleware, { ...input, error });
    } catch (thrown) {
      throw new MiddlewareFailure(thrown);
    }
    if (result instanceof Error) return new MiddlewareFailure(result);
    const next = result ?? (name === 'onRequest' ? input.request : input.response);
    if ((next as Body | undefined)?.bodyUsed)
      throw new InvalidInputError(`Its middleware has read the body, in ${name}: read a clone() there.`);
    return result;
  };
}
