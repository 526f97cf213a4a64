import { basePaths, requests } from '../../generated/requests.ts';
import type { CreateConnectionInvitationRequest } from '../../generated/schema.ts';
import { type Call as AnyCall, type ApiRules, refusal } from '../sandbox/api.ts';
import { lastTime } from '../sandbox/world.ts';
import { type ConnectionQuery, listConnections } from './connections.ts';
import { createInvitation, listInvitations, revoke, type Subject, show, showDetail } from './invitations.ts';
import type { NectarWorld } from './world.ts';

/** Each path of the contract has at most one parameter, an id. */
type Call = AnyCall<NectarWorld> & { id: string };

/** The handlers of operations. The 201 of a create and each 404 are inferred. */
const operations: Record<string, (call: Call) => Response> = {
  // Stated: /cookbooks/api-versions. Chosen: without a version, it is the first.
  ping: ({ basePath }) => Response.json({ version: basePath.slice(2).replace(/^2?$/, '2.0') }),
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

/** The API: keys, and what each operation does. */
export const api: ApiRules<NectarWorld> = {
  basePaths,
  requests,
  handlers: Object.fromEntries(
    Object.entries(operations).map(([name, handle]) => [
      name,
      (call) => handle({ ...call, id: String(Object.values(call.path)[0]).toLowerCase() }),
    ]),
  ),
  knowsKey: (world, key) => world.tenants.all().some((tenant) => tenant.key === key),
};
