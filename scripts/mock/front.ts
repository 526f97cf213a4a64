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

/**
 * A server that hands each request on to Prism and each answer back, unchanged. Prism never answers a request whose
 * body is malformed JSON, so the front does: 400, with the reason where Prism puts the reasons of its own refusals.
 *
 * @param prismPort port of a Prism on this machine
 * @param onExchange told of each request once it has been answered
 */
export function createFront(prismPort: number, onExchange: (exchange: Exchange) => void): Server {
  const agent = new Agent({ keepAlive: true });
  const server = createServer(async (incoming, answer) => {
    // A caller who hangs up in the middle of the body is not waiting for an answer.
    const body = await buffer(incoming).catch(() => undefined);
    if (body === undefined) return;
    const fault = jsonFault(incoming, body);
    if (fault === undefined) forward({ incoming, answer, body, agent, port: prismPort, onExchange });
    else refuse({ incoming, answer, fault, onExchange });
  });
  return server.on('close', () => agent.destroy());
}

/** Why a body that claims to be JSON is none. */
function jsonFault({ headers }: IncomingMessage, body: Buffer): string | undefined {
  if (body.length === 0 || !/^application\/(?:[^;]*\+)?json\b/i.test(headers['content-type'] ?? ''))
    return undefined;
  try {
    JSON.parse(body.toString());
    return undefined;
  } catch (error) {
    return `The body is not valid JSON: ${(error as Error).message}`;
  }
}

interface Answering {
  incoming: IncomingMessage;
  answer: ServerResponse;
  onExchange: (exchange: Exchange) => void;
}

function refuse({ incoming, answer, fault, onExchange }: Answering & { fault: string }): void {
  const violation = { location: ['request', 'body'], severity: 'Error', code: 'json', message: fault };
  answer.statusCode = 400;
  answer.setHeader('access-control-allow-origin', '*');
  answer.setHeader('content-type', 'application/problem+json');
  // The message quotes the body, and a header holds no more than ASCII.
  answer.setHeader('sl-violations', JSON.stringify([violation]).replace(/[^\x20-\x7e]/g, '?'));
  const body = JSON.stringify({ title: 'Malformed JSON', status: 400, detail: fault });
  answer.end(body);
  onExchange(describeExchange(incoming, answer, body));
}

function forward(handover: Answering & { body: Buffer; agent: Agent; port: number }): void {
  const { incoming, answer, body, agent, port, onExchange } = handover;
  const { method, url: path, headers } = incoming;
  const outgoing = request({ agent, port, host: '127.0.0.1', method, path, headers }, async (response) => {
    const answerBody = await buffer(response);
    answer.statusCode = response.statusCode ?? 502;
    for (const [name, value] of Object.entries(response.headers)) answer.setHeader(name, value ?? []);
    answer.end(answerBody);
    onExchange(describeExchange(incoming, answer, answerBody.toString()));
  });
  outgoing.on('error', () => answer.destroy());
  answer.on('close', () => outgoing.destroy());
  outgoing.end(body);
}

function describeExchange(
  { method, url, headers }: IncomingMessage,
  answer: ServerResponse,
  body: string,
): Exchange {
  return {
    method: method ?? '',
    path: url ?? '',
    prefer: headers.prefer === undefined ? undefined : String(headers.prefer),
    status: answer.statusCode,
    body,
    violations: violationsOf(answer.getHeader('sl-violations')),
  };
}
