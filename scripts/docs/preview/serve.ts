import { hash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure } from '../../cli/failure.ts';
import { changesPath } from './follow.ts';

/** One page on a port of this machine. */
export interface PageServer {
  url: string;
  /** Replaces the page, here and in every browser that shows it. */
  show(page: string): void;
  close(): Promise<void>;
}

/** @throws {Failure} when the port is taken or may not be used */
export async function servePage(firstPage: string, port: number): Promise<PageServer> {
  let page = firstPage;
  const followers = new Set<ServerResponse>();
  const server = createServer(({ url }, response) => {
    const path = url?.replace(/\?.*/, '');
    if (path === changesPath) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(eventOf(page));
      followers.add(response);
      response.once('close', () => followers.delete(response));
    } else if (path === '/' || path === '/index.html') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      response.end(page);
    } else {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('There is only one page here: /\n');
    }
  });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  ).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(describeListenError(error, port));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    show(next) {
      page = next;
      for (const follower of followers) follower.write(eventOf(page));
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Names the page by its content, so that a browser which was away can tell whether it has missed anything. */
function eventOf(page: string): string {
  return `data: ${hash('sha256', page)}\n\n`;
}

function describeListenError({ code, message }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop what runs there, or take another one: npm run docs:preview -- --port ${port + 1}`;
  }
  if (code === 'EACCES') {
    return `Port ${port} may not be used by you. Take one above 1023: npm run docs:preview -- --port 4020`;
  }
  return `The docs could not be served on port ${port}: ${message}`;
}
