import { essenceOf, foreignCharset, refuseAccept } from '../mock/media-type.ts';
import { compile, type SchemaCheck } from './schema-check.ts';
import type { World } from './world.ts';

/** The rules of a contract for one request, as gen writes them to requests.ts. */
export interface RequestRule {
  operationId: string;
  method: string;
  /** The path template. */
  path: string;
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  /** Alternatives, each with the places of its credentials. */
  security: { place: string; field: string; prefix: string }[][];
  /** Undefined for a request without a body. */
  body?: { required: boolean; mediaType: string; schema: object };
}

/** A valid request. */
export interface Call<State extends World> {
  world: State;
  /** The origin of the sandbox. */
  origin: string;
  /** The path of the server that was called: `/v2`; empty without one. */
  basePath: string;
  /** The credential of the caller. */
  key: string | undefined;
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  body: unknown;
}

/** The API of a service. */
export interface ApiRules<State extends World> {
  /** The paths of the servers of the contract. */
  basePaths: readonly string[];
  requests: readonly RequestRule[];
  /** What handles a valid request, by operationId. An operation without a handler gets a 501. */
  handlers: Record<string, (call: Call<State>) => Response>;
  /** Whether somebody has this credential. */
  knowsKey(world: State, key: string): boolean;
}

/** The API of a sandbox. */
export interface Api {
  /** The operationId of a request. */
  operationOf(request: Request): string | undefined;
  /** The values of a request where the contract has credentials, valid or not. */
  credentialsOf(request: Request): string[];
  /** Handles a request. */
  respond(request: Request): Promise<Response>;
  /** Validates a request without handling it; undefined if it is valid. */
  refuse(request: Request): Promise<Response | undefined>;
}

/** A rule, and what its checks are compiled to. */
interface Route {
  rule: RequestRule;
  names: string[];
  pattern: RegExp;
  parameters: { name: string; in: string; required: boolean; type: string | undefined; check: SchemaCheck }[];
  checkBody: SchemaCheck | undefined;
}

/**
 * @param currentWorld returns the state, which a reset replaces
 * @param transact runs a function and stores its changes before its result is sent
 */
export function createApi<State extends World>(
  { basePaths, requests, handlers, knowsKey }: ApiRules<State>,
  currentWorld: () => State,
  origin: string,
  transact: <Result>(work: () => Result) => Result,
): Api {
  // What is handled is checked. A keyword that the sandbox does not know only matters there.
  const routes = requests.map((rule) => toRoute(rule, Object.hasOwn(handlers, rule.operationId)));

  /** Splits the path of one of the servers, or without one. */
  function split(pathname: string): { basePath: string; path: string } {
    const basePath = basePaths.find((each) => `${pathname}/`.startsWith(`${each}/`)) ?? '';
    return { basePath, path: pathname.slice(basePath.length) };
  }

  async function read(
    request: Request,
  ): Promise<Response | { route: Route; call: Omit<Call<State>, 'world'> }> {
    const { pathname, searchParams } = new URL(request.url);
    const { basePath, path } = split(pathname);
    const candidates = routes.filter(({ pattern }) => pattern.test(path));
    const route = candidates.find(({ rule }) => rule.method === request.method);
    if (route === undefined) return refuseRoute(request.method, candidates);
    const [key] = credentialsOf(request, route.rule.security);
    if (key === undefined && isRequired(route.rule))
      return refusal(401, 'Authentication credentials were not provided.');
    if (key !== undefined && !knowsKey(currentWorld(), key)) return refusal(401, 'Invalid API key.');
    const { operationId } = route.rule;
    if (!Object.hasOwn(handlers, operationId))
      return refusal(501, `The sandbox does not simulate ${operationId}. The mock returns its examples.`);

    const unreadable = refuseAccept(request.headers.get('accept'), ['application/json']);
    if (unreadable) return refusal(unreadable.status, unreadable.detail);
    const values = readParameters(route, path, searchParams);
    if (values instanceof Response) return values;
    const body = await readBody(request, route);
    if (body instanceof Response) return body;
    return { route, call: { origin, basePath, key, ...values, body } };
  }

  return {
    operationOf: ({ url, method }) => {
      const { path } = split(new URL(url).pathname);
      return routes.find(({ rule, pattern }) => rule.method === method && pattern.test(path))?.rule
        .operationId;
    },
    credentialsOf: (request) => requests.flatMap(({ security }) => credentialsOf(request, security)),
    async refuse(request) {
      const found = await read(request);
      return found instanceof Response ? found : undefined;
    },
    async respond(request) {
      const found = await read(request);
      if (found instanceof Response) return found;
      const { route, call } = found;
      return transact(
        () => handlers[route.rule.operationId]?.({ ...call, world: currentWorld() }) as Response,
      );
    },
  };
}

function toRoute(rule: RequestRule, isHandled: boolean): Route {
  const [parameters, body] = isHandled ? [rule.parameters, rule.body] : [[], undefined];
  return {
    rule,
    names: Array.from(rule.path.matchAll(/\{([^{}]+)\}/g), ([, name = '']) => name),
    pattern: new RegExp(
      `^${rule.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^{}]+\}/g, '([^/]+)')}$`,
    ),
    parameters: parameters.map(({ schema, ...each }) => ({
      ...each,
      check: compile(schema),
      type: (schema as { type?: string }).type,
    })),
    checkBody: body && compile(body.schema),
  };
}

/** The credentials of the contract that a request has. */
function credentialsOf({ headers, url }: Request, security: RequestRule['security']): string[] {
  const { searchParams } = new URL(url);
  return security.flat().flatMap(({ place, field, prefix }) => {
    const value = place === 'query' ? searchParams.get(field) : headers.get(field);
    return value?.toLowerCase().startsWith(prefix.toLowerCase()) ? [value.slice(prefix.length)] : [];
  });
}

function isRequired({ security }: RequestRule): boolean {
  return security.length > 0 && security.every((alternative) => alternative.length > 0);
}

/** All errors have this body. */
export function refusal(status: number, detail: string, headers: Record<string, string> = {}): Response {
  return Response.json({ detail }, { status, headers });
}

/** Chosen: an unknown path is 404, a wrong method 405. */
function refuseRoute(method: string, candidates: Route[]): Response {
  if (candidates.length === 0) return refusal(404, 'There is no such path in the API.');
  const allow = candidates.map(({ rule }) => rule.method).join(', ');
  return refusal(405, `Method "${method}" not allowed.`, { allow });
}

function readParameters({ names, pattern, parameters }: Route, path: string, search: URLSearchParams) {
  const found = pattern.exec(path)?.slice(1) ?? [];
  const values: { path: Record<string, unknown>; query: Record<string, unknown> } = { path: {}, query: {} };
  for (const { name, in: place, required, check, type } of parameters) {
    if (place !== 'path' && place !== 'query') continue;
    const given = place === 'path' ? [found[names.indexOf(name)] ?? ''] : search.getAll(name);
    if (given.length === 0) {
      if (required) return refusal(400, `${name}: This field is required.`);
      continue;
    }
    if (given.length > 1 && type !== 'array') return refusal(400, `${name}: Send this parameter once.`);
    const value = type === 'array' ? given : coerce(given[0] ?? '', type);
    const problem = check(value);
    if (problem) {
      return refusal(
        400,
        place === 'path' ? problem.message : `${[name, ...problem.path].join('.')}: ${problem.message}`,
      );
    }
    values[place][name] = value;
  }
  return values;
}

/** Converts a text to a number if the contract has one there. */
function coerce(text: string, type: string | undefined): unknown {
  const isNumber = (type === 'integer' || type === 'number') && text.trim() !== '';
  return isNumber && Number.isFinite(Number(text)) ? Number(text) : text;
}

async function readBody(request: Request, { rule, checkBody }: Route): Promise<unknown> {
  if (checkBody === undefined) return undefined;
  const text = await request.text();
  if (text === '') {
    return rule.body?.required ? refusal(400, 'This request needs a body.') : undefined;
  }
  const type = request.headers.get('content-type') ?? '';
  if (essenceOf(type) !== essenceOf(rule.body?.mediaType ?? '') || foreignCharset(type) !== undefined)
    return refusal(400, `Send the body with "Content-Type: ${rule.body?.mediaType}", in UTF-8.`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return refusal(400, `The body is not valid JSON: ${(error as Error).message}`);
  }
  const problem = checkBody(body);
  return problem ? refusal(400, [problem.path.join('.'), problem.message].filter(Boolean).join(': ')) : body;
}
