import { hash } from 'node:crypto';
import { extname } from 'node:path';
import { serve } from '../../cli/serve.ts';
import type { Files } from '../../output/files.ts';
import { changesPath } from './reload-script.ts';

const contentTypes: Record<string, string | undefined> = {
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
  const listeners = new Set<ReadableStreamDefaultController<string>>();
  const broadcast = (event: string) => {
    for (const listener of listeners) listener.enqueue(event);
  };

  function follow(): Response {
    let own: ReadableStreamDefaultController<string>;
    const events = new ReadableStream<string>({
      start(controller) {
        own = controller;
        listeners.add(own);
        own.enqueue(state);
      },
      cancel: () => void listeners.delete(own),
    });
    const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
    return new Response(events.pipeThrough(new TextEncoderStream()), { headers });
  }

  const served = await serve({
    port,
    call: 'npm run docs:preview',
    respond({ url }) {
      const { pathname } = new URL(url);
      if (pathname === changesPath) return follow();
      const path = decode(pathname);
      const name = path === '/' ? 'index.html' : path.slice(1);
      const file = files.get(name);
      const type = file === undefined ? 'text/plain' : (contentTypes[extname(name)] ?? 'text/plain');
      const text = file ?? `There is no such file. There are: ${[...files.keys()].join(', ')}.\n`;
      const headers = { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' };
      return new Response(text, { status: file === undefined ? 404 : 200, headers });
    },
  });
  return {
    url: `${served.url}/`,
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
    close: served.close,
  };
}

/** A path that cannot be decoded is of no file. */
function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

/** Identifies the files by their content, so that a browser that reconnects can tell whether it has missed a change. */
function docsEvent(files: Files): string {
  return `event: docs\ndata: ${hash('sha256', JSON.stringify([...files]))}\n\n`;
}
