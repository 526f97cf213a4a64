import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startSandbox } from '../../scripts/nectar/start.ts';
import { TcpServer } from '../client/tcp-server.ts';
import { programOf } from '../docs/source.ts';
import { useBrowser } from '../helpers/shared.ts';
import { localized } from '../helpers/snippets.ts';
import { bundle } from './page.ts';

const browser = useBrowser();
const owner = 'dana.reyes@harborstreet.example';

const program = `
import { createFetchClient } from 'nectar-openapi';
const api = createFetchClient({
  baseUrl: location.origin + '/nectar', apiKey: 'none', allowBrowser: true, callIdHeader: 'x-call-id',
});
// As many as a browser has connections to one host. Without a cache, in which they would wait for each other.
const fetchOptions = { cache: 'no-store' } as const;
await Promise.all(Array.from({ length: 6 }, () => api.GET('/ping', { fetchOptions })));
const end = await api
  .POST('/invitation/connection/{connection_id}', {
    params: { path: { connection_id: '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36' } },
    body: { allowedEmails: ['${owner}'], maxUses: 1, sendEmail: true },
  })
  .then(({ response }) => String(response.status), ({ outcome, attempts }) => outcome + ' ' + attempts);
document.title = 'Ended: ' + end;
`;

/** Starts the route of the chapter, in front of a service. */
async function startRoute(service: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-route-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'route.mts');
  writeFileSync(file, localized(programOf('route.ts'), service));
  vi.stubEnv('PORT', '0');
  vi.stubEnv('NECTAR_API_KEY', 'sandbox-key');
  const { route }: { route: Server } = await import(pathToFileURL(file).href);
  vi.unstubAllEnvs();
  onTestFinished(() => {
    route.close();
    route.closeAllConnections();
  });
  await once(route, 'listening');
  return `http://127.0.0.1:${(route.address() as AddressInfo).port}`;
}

/**
 * Opens the page from a server that passes each request on to the route, and resets each connection on which it has
 * read a POST.
 *
 * @param idOf changes the id of a call
 */
async function run(idOf: (id: string, posts: number) => string) {
  await using sandbox = await startSandbox({ port: 0, prism: false }).then((started) => ({
    ...started,
    [Symbol.asyncDispose]: started.close,
  }));
  const route = await startRoute(`${sandbox.url}/v2`);
  const script = await bundle(program);
  const sent: Promise<unknown>[] = [];
  const pings: (() => void)[] = [];
  await using server = await TcpServer.start((socket) => {
    let text = '';
    const write = (type: string, body: string) =>
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    socket.on('data', (chunk) => {
      text += chunk;
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [line = '', ...fields] = text.slice(0, end).split('\r\n');
      const header = (name: string) =>
        fields.find((field) => field.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
      if (text.length < end + 4 + Number(header('content-length'))) return;
      const body = text.slice(end + 4);
      text = '';
      const [method = '', url = ''] = line.split(' ');
      if (url === '/') write('text/html', '<!doctype html><script type="module" src="/page.js"></script>');
      else if (url === '/page.js') write('text/javascript', script);
      else if (url.endsWith('/ping')) {
        pings.push(() => write('application/json', '{"version":"2.0"}'));
        // Together, so that each has its own connection.
        if (pings.length === 6) for (const respond of pings) respond();
      } else if (method === 'GET') write('text/plain', '');
      else {
        const id = idOf(header('x-call-id'), sent.length);
        const headers = { 'x-call-id': id, cookie: 'session=dana' };
        sent.push(fetch(route + url, { method, headers, body }).then((response) => response.text()));
        socket.resetAndDestroy();
      }
    });
  });
  const context = await browser().createBrowserContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  await page.goto(server.origin('http'));
  await page.waitForFunction(() => document.title.startsWith('Ended'));
  await Promise.all(sent);
  return { end: await page.title(), posts: sent.length, mails: sandbox.sandbox.mails(owner).length };
}

test('Chromium sends one create seven times, and the route of the chapter discards the repeats', async () => {
  expect(await run((id) => id)).toEqual({ end: 'Ended: unknown 1', posts: 7, mails: 1 });
});

test('without one id for all, each of them is a mail', async () => {
  expect(await run((id, posts) => `${id}${posts}`)).toEqual({ end: 'Ended: unknown 1', posts: 7, mails: 7 });
});
