import { type RequestRule, requests } from '../../generated/requests.ts';
import type { CreateConnectionInvitationRequest } from '../../generated/schema.ts';
import { essenceOf, foreignCharset } from '../mock/media-type.ts';
import { type ConnectionQuery, listConnections } from '../nectar/connections.ts';
import {
  createInvitation,
  listInvitations,
  revoke,
  type Subject,
  show,
  showDetail,
} from '../nectar/invitations.ts';
import { compile } from './schema-check.ts';
import { lastTime, type World } from './world.ts';

/** A valid request. */
interface Call {
  world: World;
  /** The origin of the page that invitations link to. */
  origin: string;
  /** `2.0`, `2.1` or `2.2`. */
  version: string;
  /** The API key of the caller. */
  key: string;
  /** The path parameter; each path of the contract has at most one. */
  id: string;
  query: Record<string, unknown>;
  body: unknown;
}

/** The API of the sandbox. */
export interface Api {
  /** The operationId of a request. */
  operationOf(request: Request): string | undefined;
  /** Handles a request. */
  respond(request: Request): Promise<Response>;
  /** Validates a request without handling it; undefined if it is valid. */
  refuse(request: Request): Promise<Response | undefined>;
}

const routes = requests.map((rule) => {
  const names = Array.from(rule.path.matchAll(/\{(\w+)\}/g), ([, name]) => name as string);
  const pattern = new RegExp(`^${rule.path.replace(/\{\w+\}/g, '([^/]+)')}$`);
  const parameters = rule.parameters.map((each) => ({
    ...each,
    check: compile(each.schema),
    type: (each.schema as { type?: string }).type,
  }));
  const checkBody = rule.body && compile(rule.body.schema);
  return { rule, names, pattern, parameters, checkBody };
});

type Route = (typeof routes)[number];

/**
 * @param currentWorld returns the state, which a reset replaces
 * @param transact runs a function and stores its changes before its result is sent
 */
export function createApi(
  currentWorld: () => World,
  origin: string,
  transact: <Result>(work: () => Result) => Result,
): Api {
  async function read(request: Request): Promise<Response | { route: Route; call: Omit<Call, 'world'> }> {
    const world = currentWorld();
    const { pathname, searchParams } = new URL(request.url);
    const { version, path } = splitVersion(pathname);
    const candidates = routes.filter(({ pattern }) => pattern.test(path));
    const route = candidates.find(({ rule }) => rule.method === request.method);
    if (route === undefined) return refuseRoute(request.method, candidates);
    const key = request.headers.get('x-api-key');
    if (key === null) return refusal(401, 'Authentication credentials were not provided.');
    if (!world.tenants.all().some((tenant) => tenant.key === key)) return refusal(401, 'Invalid API key.');

    const values = readParameters(route, path, searchParams);
    if (values instanceof Response) return values;
    const body = await readBody(request, route);
    if (body instanceof Response) return body;
    const id = String(values.path[route.names[0] ?? ''] ?? '').toLowerCase();
    return { route, call: { origin, version, key, id, query: values.query, body } };
  }

  return {
    operationOf: ({ url, method }) => {
      const { path } = splitVersion(new URL(url).pathname);
      return routes.find(({ rule, pattern }) => rule.method === method && pattern.test(path))?.rule
        .operationId;
    },
    async refuse(request) {
      const found = await read(request);
      return found instanceof Response ? found : undefined;
    },
    async respond(request) {
      const found = await read(request);
      if (found instanceof Response) return found;
      const { route, call } = found;
      const handle = Object.hasOwn(handlers, route.rule.operationId) && handlers[route.rule.operationId];
      if (!handle) return refusal(501, `The sandbox does not know ${route.rule.operationId} yet.`);
      return transact(() => handle({ ...call, world: currentWorld() }));
    },
  };
}

/** The handlers of operations. The 201 of a create and each 404 are inferred. */
const handlers: Record<string, (call: Call) => Response> = {
  ping: ({ version }) => Response.json({ version }),
  listConnections: (call) =>
    forCompany(call, call.id, ({ world }) =>
      Response.json(listConnections(world, call.id, call.query as ConnectionQuery)),
    ),
  getConnection: (call) => {
    const connection = call.world.connections.get(call.id);
    if (connection === undefined) return refusal(404, 'Connection not found.');
    return forCompany(call, connection.company?.id, () => Response.json(connection));
  },
  createReconnectInvitation: (call) => {
    const connection = call.world.connections.get(call.id);
    if (connection === undefined) return refusal(404, 'Connection not found.');
    return forCompany(call, connection.company?.id, (_, companyId) =>
      create(call, { companyId, connectionId: call.id }),
    );
  },
  createConnectionInvitation: (call) =>
    forCompany(call, call.id, (_, companyId) => create(call, { companyId, connectionId: null })),
  listInvitations: (call) =>
    forCompany(call, call.id, ({ world, query, origin }, companyId) =>
      Response.json(listInvitations(world, companyId, Number(query.page ?? 1), origin)),
    ),
  getInvitation: (call) =>
    forInvitation(call, (row) => Response.json(showDetail(call.world, row, call.origin))),
  // Chosen: the response is the invitation. It is not documented.
  revokeInvitation: (call) =>
    forInvitation(call, (row) => Response.json(show(call.world, revoke(call.world, row), call.origin))),
};

function create({ world, origin, body }: Call, subject: Subject): Response {
  const wanted = (body ?? {}) as CreateConnectionInvitationRequest;
  const { expiresInSeconds = 0 } = wanted;
  // Chosen: later dates cannot be written in the format of the API.
  if (expiresInSeconds * 1000 > lastTime - world.now())
    return refusal(400, 'expiresInSeconds: Ensure the invitation expires before the year 10000.');
  const { prefill: _, ...limits } = wanted;
  // Stated: the prefill of a reconnect invitation is the empty object.
  const row = createInvitation(world, subject, subject.connectionId === null ? wanted : limits);
  return Response.json(show(world, row, origin), { status: 201 });
}

/** Stated: the company of another customer is 403, /cookbooks/getting-started. */
function forCompany(
  call: Call,
  companyId: string | undefined,
  work: (call: Call, companyId: string) => Response,
): Response {
  const tenant = call.world.tenants.get(companyId ?? '');
  if (tenant === undefined) return refusal(404, 'Company not found.');
  if (tenant.key !== call.key) return refusal(403, 'You do not have access to this company.');
  return work(call, tenant.id);
}

function forInvitation(call: Call, work: (row: Parameters<typeof show>[1]) => Response): Response {
  const row = call.world.invitations.get(call.id);
  if (row === undefined) return refusal(404, 'Invitation not found.');
  return forCompany(call, row.companyId, () => work(row));
}

/** All errors have this body. Stated for 400, 401 and 403: /cookbooks/getting-started. */
export function refusal(status: number, detail: string, headers: Record<string, string> = {}): Response {
  return Response.json({ detail }, { status, headers });
}

/** Chosen: an unknown path is 404, a wrong method 405. */
function refuseRoute(method: string, candidates: Route[]): Response {
  if (candidates.length === 0) return refusal(404, 'There is no such path in the API.');
  const allow = candidates.map(({ rule }) => rule.method).join(', ');
  return refusal(405, `Method "${method}" not allowed.`, { allow });
}

/** Splits the path of one of the three versions, or without one. Stated: /cookbooks/api-versions. */
function splitVersion(pathname: string): { version: string; path: string } {
  const [prefix = '', version = '2'] = /^\/v(2(?:\.[12])?)(?=\/|$)/.exec(pathname) ?? [];
  return { version: version === '2' ? '2.0' : version, path: pathname.slice(prefix.length) };
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
    return (rule as RequestRule).body?.required ? refusal(400, 'This request needs a body.') : undefined;
  }
  const type = request.headers.get('content-type') ?? '';
  if (essenceOf(type) !== 'application/json' || foreignCharset(type) !== undefined)
    return refusal(400, 'Send the body with "Content-Type: application/json", in UTF-8.');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return refusal(400, `The body is not valid JSON: ${(error as Error).message}`);
  }
  const problem = checkBody(body);
  return problem ? refusal(400, [problem.path.join('.'), problem.message].filter(Boolean).join(': ')) : body;
}
