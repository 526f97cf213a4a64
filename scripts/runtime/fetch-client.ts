import createOpenApiFetch, {
  createQuerySerializer,
  type Middleware,
  type PathSerializer,
  type QuerySerializerOptions,
} from 'openapi-fetch';
import type { OutgoingRequest, ReadScope } from './attempt.ts';
import type { Encode } from './body.ts';
import type { Call } from './call-run.ts';
import { ApiClientError, InvalidInputError } from './errors.ts';
import type { FetchClient } from './fetch-types.ts';
import type { CallOptions, Fetch } from './options.ts';
import { writeHeaders } from './parameters.ts';
import {
  decodeText,
  httpError,
  isSuccess,
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

/**
 * An openapi-fetch client over a transport. openapi-fetch runs the middleware and reads the body; its serializers and
 * its `fetch` are those of the transport.
 */
export function fetchClientOver<Paths extends {}>(transport: Transport): FetchClient<Paths> {
  const { request, use: _use, eject: _eject, ...verbs } = createOpenApiFetch({});
  const installed: Middleware[] = [];

  const call: Caller = async (verb, path, init = {}) => {
    const method = String(verb).toUpperCase();
    const rule = transport.ruleOf(method, path);
    const reading = new BodyReading(init.parseAs ?? rule.read?.parseAs ?? 'json');
    const described: Call = { method, path, rule, options: { apiKey: init.apiKey } };
    const run = transport.runOf(described);
    try {
      const { params, headers, middleware = [], body, parseAs, fetch, fetchOptions, ...others } = init;
      const { baseUrl: own, querySerializer, pathSerializer, bodySerializer, ...rest } = others;
      // Options that neither openapi-fetch nor the transport knows are for fetch.
      const { apiKey, timeout, totalTimeout, maxRetries, maxResponseBytes, callIdHeader, ...further } = rest;
      described.options = { ...init, headers: undefined, fetchOptions: { ...further, ...fetchOptions } };
      described.fetch = fetch;
      const baseUrl = (own ?? transport.baseUrlOf(rule)).replace(/\/$/, '');
      const { path: inPath = {}, query, header, cookie: cookies } = params ?? {};
      const given = {
        path: inPath,
        url: pathSerializer?.(baseUrl + path, inPath as Record<string, unknown>),
        query: querySerializer ? serializeQuery(querySerializer, query) : query,
        cookies,
        body,
        encode: bodySerializer,
        stream: reading.parseAs === 'stream',
      };
      const [inOptions, inParams] = [headers, header].map((each) => writeHeaders(each, rule.headers));
      const sent = { ...transport.headers, ...inOptions, ...inParams };
      const written = transport.write(described, given, sent, baseUrl);
      const seen = [...installed, ...middleware];
      const result = await (request as Caller)(method, path, {
        baseUrl,
        params: { query, path: inPath },
        // It takes every body for JSON, unless it is told the opposite.
        headers: { 'content-type': null, ...written.headers },
        body: written.body ?? undefined,
        pathSerializer: () => written.url,
        querySerializer: () => '',
        bodySerializer: () => written.body,
        middleware: seen.map(markFailures),
        // The transport parses JSON, by what the contract says.
        parseAs: reading.parseAs === 'json' ? 'text' : reading.parseAs,
        // Middleware needs a real request.
        Request: seen.length > 0 ? Request : Unseen,
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

  return {
    ...Object.fromEntries(
      Object.keys(verbs).map((verb) => [verb, (path: string, init?: Init) => call(verb, path, init)]),
    ),
    request: call,
    use: (...middleware: Middleware[]) => void installed.push(...middleware),
    eject: (...middleware: Middleware[]) => {
      for (const each of middleware)
        if (installed.includes(each)) installed.splice(installed.indexOf(each), 1);
    },
  } as object as FetchClient<Paths>;
}

/**
 * Stands for the request while no middleware sees it: to create a real one takes as long as the rest of a call.
 * openapi-fetch sets its method.
 */
class Unseen {}

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
    if (isSuccess(response, source?.rule ?? {})) {
      if (this.parseAs !== 'json') return { data, response };
      const text = (data ?? '') as string;
      if (source) return { data: readData(text, source), response };
      return { data: text ? JSON.parse(text) : undefined, response };
    }
    const failure = httpError(source && this.#text, source ?? sourceOf());
    return { error: (source ? failure.body : error) || failure, response };
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

/** Wraps middleware so that its errors can be distinguished from those of the client. */
function markFailures(middleware: Middleware): Middleware {
  const wrap = (name: 'onRequest' | 'onResponse' | 'onError') => async (input: Parameters<Hook>[0]) => {
    // The error of another middleware, which onError may replace.
    const error = input.error instanceof MiddlewareFailure ? input.error.thrown : input.error;
    let result: unknown;
    try {
      result = await (middleware?.[name] as Hook | undefined)?.call(middleware, { ...input, error });
    } catch (thrown) {
      throw new MiddlewareFailure(thrown);
    }
    if (result instanceof Error) return new MiddlewareFailure(result);
    const next = result ?? (name === 'onRequest' ? input.request : input.response);
    if ((next as Body | undefined)?.bodyUsed)
      throw new InvalidInputError(`Its middleware has read the body, in ${name}: read a clone() there.`);
    return result;
  };
  return {
    onRequest: wrap('onRequest'),
    onResponse: wrap('onResponse'),
    onError: wrap('onError'),
  } as Middleware;
}
