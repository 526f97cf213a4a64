import { hash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { Failure } from '../../cli/failure.ts';
import type { Files } from '../../output/files.ts';
import { changesPath } from './reload-script.ts';

const contentTypes: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.md': 'text/markdown',
  '.yaml': 'application/yaml',
};

/** A server of files on this machine. */
export interface FileServer {
  url: string;
  /** Replaces the files, here and in every browser that shows one of them. */
  show(files: Files): void;
  /** Keeps the files, and shows a text on top of them in every browser until there are new ones. */
  showFault(text: string): void;
  close(): Promise<void>;
}

/** @throws {Failure} if the port is in use or not allowed */
export async function serveFiles(firstFiles: Files, port: number): Promise<FileServer> {
  let files = firstFiles;
  // The first message to each browser. Created once, as hashing the docs takes time.
  let state = docsEvent(files);
  const listeners = new Set<ServerResponse>();
  const broadcast = (event: string) => {
    for (const listener of listeners) listener.write(event);
  };
  const server = createServer(({ url = '' }, response) => {
    const path = decodeURIComponent(url.replace(/\?.*/, ''));
    const name = path === '/' ? 'index.html' : path.slice(1);
    const file = files.get(name);
    if (path === changesPath) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(state);
      listeners.add(response);
      response.once('close', () => listeners.delete(response));
    } else if (file !== undefined) {
      const type = contentTypes[extname(name)] ?? 'text/plain';
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
      response.end(file);
    } else {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end(`There is no such file. There are: ${[...files.keys()].join(', ')}.\n`);
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
      files = next;
      state = docsEvent(files);
      broadcast(state);
    },
    showFault(text) {
      const fault = `event: fault\ndata: ${JSON.stringify(text)}\n\n`;
      state = docsEvent(files) + fault;
      broadcast(fault);
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Identifies the files by their content, so that a browser that reconnects can broadcast whether it has missed a change. */
function docsEvent(files: Files): string {
  return `event: docs\ndata: ${hash('sha256', JSON.stringify([...files]))}\n\n`;
}

function describeListenError({ code, message }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop what runs there, or use another one: npm run docs:preview -- --port ${port + 1}`;
  }
  if (code === 'EACCES') {
    return `Port ${port} is not allowed for you. Use one above 1023: npm run docs:preview -- --port 4020`;
  }
  return `The docs could not be served on port ${port}: ${message}`;
}
