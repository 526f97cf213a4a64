import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Exchange, violationsOf } from './exchange.ts';
import type { Prism } from './prism.ts';
import { type Refusal, refusalOf, withoutBasePath } from './refusals.ts';

/**
 * A server in front of Prism that passes on each request and each response unchanged. It refuses requests that would
 * crash Prism or get a misleading response, in the same form as Prism.
 *
 * @param onExchange called for each request after its response
 */
export function createFront({ port, operations }: Prism, onExchange: (exchange: Exchange) => void): Server {
  const agent = new Agent({ keepAlive: true });
  const server = createServer(async (incoming, response) => {
    // A caller who disconnects in the middle of the body does not wait for a response.
    const body = await buffer(incoming).catch(() => undefined);
    if (body === undefined) return;
    const path = withoutBasePath(incoming.url ?? '/', operations);
    const refusal = refusalOf(incoming, path, body, operations);
    if (refusal) refuse({ incoming, response, refusal, onExchange });
    else forward({ incoming, response, path, body, agent, port, onExchange });
  });
  return server.on('close', () => agent.destroy());
}

interface Responding {
  incoming: IncomingMessage;
  response: ServerResponse;
  onExchange: (exchange: Exchange) => void;
}

function refuse({ incoming, response, refusal, onExchange }: Responding & { refusal: Refusal }): void {
  const { status, title, detail, location } = refusal;
  const violation = { location, severity: 'Error', code: 'mock', message: detail };
  response.statusCode = status;
  allowBrowsers(response);
  response.setHeader('content-type', 'application/problem+json');
  // The message quotes the request, and a header can only contain ASCII.
  response.setHeader('sl-violations', JSON.stringify([violation]).replace(/[^\x20-\x7e]/g, '?'));
  const body = JSON.stringify({ title, status, detail });
  response.end(body);
  onExchange(describeExchange(incoming, response, body));
}

/** Without it, a browser hides these headers from the page that sent the request. */
function allowBrowsers(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'sl-violations, retry-after');
}

function forward(handover: Responding & { path: string; body: Buffer; agent: Agent; port: number }): void {
  const { incoming, response, path, body, agent, port, onExchange } = handover;
  const { method, headers } = incoming;
  const outgoing = request({ agent, port, host: '127.0.0.1', method, path, headers }, async (found) => {
    const text = await buffer(found);
    response.statusCode = found.statusCode ?? 502;
    for (const [name, value] of Object.entries(found.headers)) response.setHeader(name, value ?? []);
    allowBrowsers(response);
    response.end(text);
    onExchange(describeExchange(incoming, response, text.toString()));
  });
  outgoing.on('error', () => response.destroy());
  response.on('close', () => outgoing.destroy());
  outgoing.end(body);
}

function describeExchange(
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
  body: string,
): Exchange {
  return {
    method: method ?? '',
    path: url ?? '',
    prefer: headers.prefer === undefined ? undefined : String(headers.prefer),
    status: response.statusCode,
    body,
    violations: violationsOf(response.getHeader('sl-violations')),
  };
}
