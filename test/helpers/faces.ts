import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import {
  type NamedOperation,
  type Operation,
  readOperations,
} from '../../scripts/generate/client/operations.ts';
import { type Document, resolve } from '../../scripts/openapi/document.ts';
import { readMedia } from '../../scripts/openapi/media-types.ts';
import { readBaseUrl } from '../../scripts/openapi/servers.ts';
import { type CallOperation, callsOver } from '../../scripts/runtime/method-client.ts';
import type { Transport } from '../../scripts/runtime/transport.ts';
import { breachOf, type SentRequest } from './request-oracle.ts';
import { hostileValues, valuesOf } from './schema-values.ts';

/** What index.ts of a generated folder exports. */
interface Clients {
  createTransport(options: object): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: the operations are those of any contract.
  createClient(options: object): any;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  createFetchClient(options: object): any;
}

/** The arguments of a call, by their place. */
interface Values {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  header: Record<string, unknown>;
  cookie: Record<string, unknown>;
  body: unknown;
}

/** How a call ended, in the same form for both clients. */
interface Ending {
  sent: SentRequest | undefined;
  data?: unknown;
  /** Of an error that was thrown. */
  error?: string;
  /** The body of an error status. */
  refusal?: unknown;
}

/**
 * Calls the operations of a contract through both clients, and compares what they send and return. One without a method
 * is called as its method would call it.
 */
export class Faces {
  readonly operations: Operation[];
  readonly #named: Map<string, NamedOperation>;
  readonly #document: Document;
  readonly #client: Record<string, (...args: unknown[]) => unknown>;
  readonly #api: { request(method: string, path: string, init: object): Promise<Result> };
  readonly #call: CallOperation;
  readonly #keys: string[];
  readonly #baseUrl: string | undefined;
  #sent: SentRequest | undefined;
  #respond: () => Response = () => new Response(null, { status: 204 });

  constructor({ createClient, createFetchClient, createTransport }: Clients, document: Document) {
    this.#document = document;
    const { all, named, security } = readOperations(document);
    this.operations = all;
    this.#named = new Map(named.map((each) => [`${each.method} ${each.path}`, each]));
    const schemes = [...security.used.keys()];
    const credentials = schemes.map((name, index) => [name, `${index}-key&1`] as const);
    this.#keys = credentials.map(([, key]) => key);
    this.#baseUrl = URL.canParse(readBaseUrl(document)) ? undefined : 'https://api.example';
    const options = {
      ...(schemes.length > 1 ? { credentials: Object.fromEntries(credentials) } : { apiKey: this.#keys[0] }),
      ...(this.#baseUrl && { baseUrl: this.#baseUrl }),
      allowInsecure: true,
      maxRetries: 0,
      fetch: async (url: string, init: RequestInit) => {
        this.#sent = await readAll(new Request(url, init));
        return this.#respond();
      },
    };
    this.#client = createClient(options);
    this.#call = callsOver(createTransport(options) as Transport);
    this.#api = createFetchClient(options);
  }

  /** Arguments for an operation; now and then, one of them is a value that cannot be sent. */
  argumentsOf(operation: Operation): fc.Arbitrary<Values> {
    const { requestBody } = operation.object;
    const parameters = this.#parametersOf(operation);
    const [preferred] = readMedia(resolve(this.#document, requestBody ?? { content: {} }).content);
    const all = (place: string) => {
      const here = parameters.filter((each) => each.in === place);
      const values = here.map(({ name, schema }) => [name, orHostile(valuesOf(this.#document, schema))]);
      const requiredKeys: string[] = here.filter(({ required }) => required).map(({ name }) => name);
      return fc.record<Record<string, unknown>>(Object.fromEntries(values), { requiredKeys });
    };
    const inBody = valuesOf(this.#document, preferred?.schema);
    const valid = {
      json: inBody,
      multipart: inBody,
      urlencoded: inBody,
      lines: fc.array(inBody),
      text: fc.string(),
      bytes: fc.constant(new Uint8Array([1, 0, 255])),
    };
    return fc.record({
      path: all('path'),
      query: all('query'),
      header: all('header'),
      cookie: all('cookie'),
      // A method sends an empty object where the body is left out.
      body: requestBody
        ? orHostile(valid[preferred?.kind ?? 'text']).map((each) => (each === undefined ? {} : each))
        : fc.constant(undefined),
    });
  }

  #parametersOf({ path, method, object }: Operation) {
    const key = object['x-sent-as'] ? `${path} ${method}` : path;
    const item = resolve(this.#document, this.#document.paths?.[key] ?? {});
    const all = [...(item.parameters ?? []), ...(object.parameters ?? [])].map((each) =>
      resolve(this.#document, each),
    );
    return [...new Map(all.map((each) => [`${each.in} ${each.name}`, each])).values()];
  }

  /** The responses that the contract documents, and some that it does not. */
  responsesOf({ object, method }: Operation): fc.Arbitrary<() => Response> {
    const documented = Object.entries(object.responses ?? {}).flatMap(([status, node]) => {
      const code = Number(status.replace(/XX/i, '18')) || 500;
      const { content = {} } = resolve(this.#document, node);
      return Object.entries(content).map(([type, { schema }]) => ({ code, type, schema }));
    });
    const values = documented.map(({ code, type, schema }) =>
      valuesOf(this.#document, schema).map((value) => ({
        code,
        type,
        body: typeof value === 'string' && !/json/.test(type) ? value : JSON.stringify(value),
      })),
    );
    const codes = Object.keys(object.responses ?? {}).map((status) => Number(status) || 200);
    const others = fc.record({
      code: fc.constantFrom(...codes, 200, 201, 204, 206, 302, 304, 404, 422, 503),
      type: fc.constantFrom('application/json', 'text/plain', 'text/html'),
      body: fc.constantFrom('', 'null', '0', 'false', '""', '[]', '{}', '{"a":1}', '<html>', '[1'),
    });
    return fc.oneof(...values, others).map(({ code, type, body }) => () => {
      const headers = { 'content-type': type, location: '/elsewhere' };
      return new Response(method === 'HEAD' || [204, 205, 304].includes(code) ? null : body, {
        status: code,
        headers,
      });
    });
  }

  /** What differs between the clients; undefined where nothing does. */
  async compare(operation: Operation, values: Values, respond: () => Response): Promise<string | undefined> {
    this.#respond = respond;
    const named = this.#named.get(`${operation.method} ${operation.path}`);
    const streams = named !== undefined && named.streamName === named.name;
    const byMethod = await this.#end(() =>
      named ? this.#callMethod(named, values) : this.#callWithoutMethod(operation, values),
    );
    const byFetch = await this.#end(() => this.#callFetch(operation, values, { streams }));
    const seen = { streams, middleware: [{ onRequest: () => undefined }] };
    const byMiddleware = await this.#end(() => this.#callFetch(operation, values, seen));
    if (!isDeepStrictEqual(byMiddleware, byFetch))
      return `${operation.method} ${operation.path}: ${show(byFetch)}, ${show(byMiddleware)} with middleware`;
    const { sent } = byFetch;
    const breach = sent && breachOf(this.#document, operation, sent, this.#keys, this.#baseUrl);
    if (breach) return `${operation.method} ${operation.path}: ${breach}`;
    // Of a stream, only the request can be compared.
    if (streams && sent && isDeepStrictEqual(byMethod.sent, sent)) return undefined;
    // The list of a page is what a method iterates over.
    if (named?.pagination && byMethod.error?.includes('a page without')) return undefined;
    if (isDeepStrictEqual(byMethod, byFetch)) return undefined;
    return `${operation.method} ${operation.path}: ${show(byMethod)} by its method, ${show(byFetch)} by the fetch client`;
  }

  async #end(call: () => Promise<Partial<Ending>>): Promise<Ending> {
    this.#sent = undefined;
    try {
      const ending = await call();
      return { sent: this.#sent, ...ending };
    } catch (error) {
      const { name, message } = error as Error;
      return { sent: this.#sent, error: `${name}: ${message}` };
    }
  }

  async #callMethod(operation: NamedOperation, values: Values): Promise<Partial<Ending>> {
    const { name, pathParameters, query, body, headers, cookies, streamName } = operation;
    const args = [
      ...pathParameters.map(({ wireName }) => values.path[wireName]),
      ...(body ? [values.body] : []),
      ...(query ? [values.query] : []),
      { ...(headers && { headers: values.header }), ...(cookies && { cookies: values.cookie }) },
    ];
    const call = this.#client[name]?.(...args);
    if (streamName === name) {
      for await (const _ of call as AsyncIterable<unknown>) break;
      return {};
    }
    return await endOf(call as Call);
  }

  async #callWithoutMethod({ method, path }: Operation, values: Values): Promise<Partial<Ending>> {
    const { path: inPath, query, body, header: headers, cookie: cookies } = values;
    return await endOf(this.#call(['', method, path, { headers }, { path: inPath, query, body, cookies }]));
  }

  async #callFetch(
    operation: Operation,
    values: Values,
    { streams, middleware }: { streams: boolean; middleware?: object[] },
  ): Promise<Partial<Ending>> {
    const { method, path, query, body, headers, cookies } = operation;
    const all = !this.#named.has(`${method} ${path}`);
    const { data, error } = await this.#api.request(method, path, {
      params: {
        path: values.path,
        ...((all || query) && { query: values.query }),
        ...((all || headers) && { header: values.header }),
        ...((all || cookies) && { cookie: values.cookie }),
      },
      ...((all || body) && { body: values.body }),
      ...(streams && { parseAs: 'stream' }),
      ...(middleware && { middleware }),
    });
    if (streams) {
      await (data as ReadableStream | undefined)?.cancel();
      return {};
    }
    if (error === undefined) return { data: await readable(data) };
    if (!error) return { error: `a falsy error, ${String(error)}` };
    // Where the body shows no failure, the error is the one that a method throws.
    const { name: kind, body: refusal } = error as { name?: string; body?: unknown };
    return refused(kind === 'HttpError' ? refusal : error);
  }
}

function orHostile(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 8, arbitrary: values }, { weight: 1, arbitrary: hostileValues });
}

interface Result {
  data?: unknown;
  error?: unknown;
}

interface Call {
  result(): Promise<MethodResult>;
}

type MethodResult = { ok: true; data: unknown } | { ok: false; error: Error & { body?: unknown } };

async function endOf(call: Call): Promise<Partial<Ending>> {
  const result = await call.result();
  if (result.ok) return { data: await readable(result.data) };
  if (result.error.name !== 'HttpError') throw result.error;
  return refused(result.error.body);
}

function refused(body: unknown): Partial<Ending> {
  return body === undefined ? {} : { refusal: body };
}

/** Without a body, a method returns an empty text or `Blob`. */
async function readable(data: unknown): Promise<unknown> {
  const text = data instanceof Blob ? await data.text() : data;
  return text === '' ? undefined : text;
}

/** The boundary of a form that the platform writes differs with each request. */
async function readAll(request: Request): Promise<SentRequest> {
  const { method, url } = request;
  const body = await request.text();
  const type = request.headers.get('content-type') ?? '';
  const boundary = /boundary=(.*)/.exec(type)?.[1] ?? '\0';
  const plain = (text: string) => text.replaceAll(boundary, 'boundary');
  const headers = Object.fromEntries([...request.headers].map(([name, value]) => [name, plain(value)]));
  return { method, url, headers, body: plain(body) };
}

function show(ending: Ending): string {
  return JSON.stringify(ending);
}
