import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { violationsOf } from '../../mock/exchange.ts';
import { startPrism } from '../../mock/prism.ts';
import { type Api, refusal } from '../api.ts';
import type { SandboxOptions } from '../sandbox.ts';
import { readRequest, writeResponse } from './exchange.ts';

/** Prism as a proxy in front of the API, which validates requests and responses. */
export interface ValidatingProxy {
  through: NonNullable<SandboxOptions['through']>;
  close(): Promise<void>;
}

/** The header with the original URL, as Prism knows only the paths of the contract. */
const addressHeader = 'x-sandbox-address';

/** Headers of one connection, and headers that Prism sets itself. */
const hopHeaders = [
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
  'expect',
  'upgrade',
];

/**
 * Starts Prism in front of the API. A request that Prism refuses gets an error in the form of the API; an invalid
 * response is a bug of the sandbox.
 *
 * @param document path of the bundled contract
 * @param onViolation called for each response that violates the contract
 */
export async function startProxy(
  document: string,
  onViolation: (problem: string) => void,
): Promise<ValidatingProxy> {
  let respond: ((request: Request) => Promise<Response>) | undefined;
  const behind = createServer(async (incoming, outgoing) => {
    const address = String(incoming.headers[addressHeader]);
    const request = await readRequest(incoming, outgoing, address);
    if (request && respond) await writeResponse(outgoing, await respond(request));
    else outgoing.destroy();
  });
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
  const { port } = behind.address() as AddressInfo;
  const prism = await startPrism(document, { upstream: new URL(`http://127.0.0.1:${port}`), refuse: true });

  return {
    async through(request, api) {
      respond = api.respond;
      if (!(await isForPrism(request, api))) return api.respond(request);
      const { pathname, search } = new URL(request.url);
      const headers = new Headers(request.headers);
      for (const name of hopHeaders) headers.delete(name);
      headers.set(addressHeader, request.url);
      const response = await fetch(
        `http://127.0.0.1:${prism.port}${pathname.replace(/^\/v2(\.\d)?(?=\/)/, '')}${search}`,
        {
          method: request.method,
          headers,
          body: request.method === 'GET' ? null : await request.clone().text(),
          signal: request.signal,
        },
      );
      const text = await response.text();
      const problem = readProblem(response, text);
      const violations = violationsOf(response.headers.get('sl-violations') ?? undefined);
      if (violations.length > 0 || (problem !== undefined && response.status >= 500)) {
        const reason =
          violations.map(({ location, message }) => `${location.join('.')}: ${message}`).join('; ') || text;
        onViolation(`${request.method} ${pathname} -> ${reason}`);
        return refusal(500, `The sandbox has violated the contract, please report it: ${reason}`);
      }
      if (problem === undefined)
        return new Response(text, { status: response.status, headers: cleaned(response.headers) });
      const [first] = problem.validation ?? [];
      return (
        (await api.refuse(request)) ??
        refusal(400, first ? `${first.location.slice(1).join('.')}: ${first.message}` : problem.title)
      );
    },
    async close() {
      const closed = new Promise((resolve) => behind.close(resolve));
      behind.closeAllConnections();
      await Promise.all([closed, prism.close()]);
    },
  };
}

interface Problem {
  type: string;
  title: string;
  validation?: { location: string[]; message: string }[];
}

/** Prism's own error response; undefined if the response comes from the API. */
function readProblem({ headers }: Response, text: string): Problem | undefined {
  if (!headers.get('content-type')?.startsWith('application/problem+json')) return undefined;
  return JSON.parse(text);
}

/** A path that cannot be decoded ends the process of Prism, and it never responds to a body that is not JSON. */
async function isForPrism(request: Request, api: Api): Promise<boolean> {
  if (api.operationOf(request) === undefined || !isDecodable(request.url)) return false;
  const text = await request.clone().text();
  if (text === '') return true;
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? '')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isDecodable(address: string): boolean {
  try {
    decodeURIComponent(address);
    return true;
  } catch {
    return false;
  }
}

function cleaned(headers: Headers): Headers {
  const rest = new Headers(headers);
  for (const name of [...hopHeaders, 'content-encoding']) rest.delete(name);
  return rest;
}
