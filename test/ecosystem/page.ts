import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import type { Browser, Page } from 'puppeteer-core';
import { toolchainRoot } from '../../scripts/cli/project.ts';

/** A page with a program in it, and the server that it came from. */
export interface ProgramPage extends AsyncDisposable {
  page: Page;
  /** Errors and warnings of the console, and uncaught exceptions. */
  complaints: string[];
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Opens a page that runs a program, bundled for browsers.
 *
 * @param handle is given the requests to `/nectar`, without that part of their address
 */
export async function openProgram(browser: Browser, program: string, handle: Handler): Promise<ProgramPage> {
  const script = await bundle(program);
  const server = createServer((request, response) => {
    const { url = '' } = request;
    if (url.startsWith('/nectar/')) {
      request.url = url.replace('/nectar', '');
      handle(request, response);
    } else if (url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script);
    else if (url === '/')
      response
        .setHeader('content-type', 'text/html')
        .end(
          '<!doctype html><title>A page</title><body></body><script type="module" src="/page.js"></script>',
        );
    else response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    complaints,
    async [Symbol.asyncDispose]() {
      await context.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Programs as modules for browsers. */
const bundles = new Map<string, Promise<string>>();

/** A program as a module for browsers, created once, as several tests open the same one. */
export function bundle(program: string): Promise<string> {
  const known = bundles.get(program) ?? build(program);
  bundles.set(program, known);
  return known;
}

async function build(program: string): Promise<string> {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: program, resolveDir: toolchainRoot, loader: 'tsx' },
    alias: { 'nectar-openapi': join(toolchainRoot, 'generated/index.ts') },
    define: { 'process.env.NODE_ENV': '"development"' },
    jsx: 'automatic',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** Waits until the page shows a text. */
export async function waitForText(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);
}
