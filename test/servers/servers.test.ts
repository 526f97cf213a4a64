import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../scripts/cli/serve.ts';
import { serveFiles } from '../../scripts/docs/preview/serve.ts';
import { startMock } from '../../scripts/mock/start.ts';
import { startSandbox } from '../../scripts/nectar/start.ts';
import { runs } from '../helpers/runs.ts';
import { document } from '../round-trip/mock.ts';
import { randomFrom, randomRequest, send } from './raw-requests.ts';

/** Requests to each server. That the mock passes on a path or an `Accept` on which Prism fails is found by seed 52. */
const requests = runs(104, 8_000);

const starts = {
  mock: () => startMock({ port: 0, document }),
  sandbox: () => startSandbox({ port: 0 }),
  preview: async () => {
    const server = await serveFiles(new Map([['index.html', 'The page.']]), 0);
    return { ...server, url: server.url.replace(/\/$/, '') };
  },
};

/** Errors that would have ended the process. */
const fatal: unknown[] = [];
const record = (error: unknown) => fatal.push(error);
beforeAll(() => void process.on('unhandledRejection', record).on('uncaughtException', record));
afterAll(() => void process.off('unhandledRejection', record).off('uncaughtException', record));

const id = '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36';

describe.each(Object.entries(starts))('the %s', (name, start) => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.close());

  /** The status and the body of a response; 0 without one. */
  async function statusOf(lines: string[], body = ''): Promise<[number, string]> {
    const { host } = new URL(server.url);
    const head = [
      ...lines.slice(0, 1),
      ...(lines.some((line) => /^Host:/.test(line)) ? [] : [`Host: ${host}`]),
    ];
    const all = [...head, ...lines.slice(1), 'X-API-KEY: sandbox-key', 'Connection: close'];
    if (body !== '') all.push(`Content-Length: ${Buffer.byteLength(body)}`);
    const text = await send(server.url, { bytes: `${all.join('\r\n')}\r\n\r\n${body}`, whole: true });
    return [Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text.split('\r\n\r\n').slice(1).join('')];
  }

  test(`responds to each of ${requests} random requests, and none ends it`, async () => {
    for (let seed = 1; seed <= requests; seed++) {
      const request = randomRequest(randomFrom(seed), new URL(server.url).host);
      const text = await send(server.url, request);
      const about = `${name}, seed ${seed}: ${JSON.stringify(request.bytes.slice(0, 600))}`;
      expect(fatal, about).toEqual([]);
      if (!request.whole || /x-sandbox-fault|"drop"/i.test(request.bytes)) continue;
      expect(text, about).toMatch(/^HTTP\/1\.1 [2-5]\d\d /);
      // A refusal says what is wrong.
      if (/^HTTP\/1\.1 [45]/.test(text) && !request.bytes.startsWith('HEAD'))
        expect(text, about).toMatch(/\r\n\r\n\S/);
      expect(text, about).not.toMatch(/^HTTP\/1\.1 500/);
    }
    expect(await statusOf(['GET / HTTP/1.1'])).not.toEqual([0, '']);
  });

  test('refuses a Host that is not its own', async () => {
    const { port } = new URL(server.url);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `localhost:${port}.evil.example`,
      '',
    ])
      expect(await statusOf(['GET / HTTP/1.1', `Host: ${host}`])).toEqual([
        403,
        expect.stringContaining('check the header Host'),
      ]);
    for (const host of [`127.0.0.1:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
      expect((await statusOf(['GET / HTTP/1.1', `Host: ${host}`]))[0]).not.toBe(403);
  });

  test('says what is wrong with bytes that are not HTTP', async () => {
    for (const lines of [
      ['GET / HTTP/9.9'],
      ['\0\u0001'],
      ['GET / HTTP/1.1', ': x'],
      ['GET / HTTP/1.1', 'Content-Length: x'],
    ])
      expect(await statusOf(lines)).toEqual([
        400,
        expect.stringMatching(/^\{"detail":"This request cannot be read: /),
      ]);
    expect(await statusOf(['GET / HTTP/1.1', `X: ${'x'.repeat(20_000)}`])).toEqual([431, expect.any(String)]);
    expect(await statusOf(['CONNECT a:1 HTTP/1.1'])).toEqual([405, expect.any(String)]);
    expect(await statusOf(['TRACE / HTTP/1.1'])).toEqual([400, expect.stringContaining('TRACE')]);
    expect((await statusOf(['GET /% HTTP/1.1']))[0]).toBeGreaterThanOrEqual(400);
  });
});

test('a failure is a response, and ends neither the process nor the connection of others', async () => {
  const pull = () => {
    throw new Error('The disk is gone.');
  };
  const served = await serve({
    port: 0,
    call: 'npm run none',
    respond({ url }) {
      if (url.endsWith('/throws')) throw new Error('This is a bug.');
      if (url.endsWith('/rejects')) return Promise.reject(new Error('This is one too.'));
      if (url.endsWith('/header')) return new Response(null, { headers: { 'x-text': 'caf\u00e9' } });
      if (url.endsWith('/body')) return new Response(new ReadableStream({ pull }));
      return url.endsWith('/nothing') ? undefined : new Response('It works.');
    },
  });
  const status = async (path: string) => (await fetch(served.url + path)).status;
  expect(await (await fetch(`${served.url}/throws`)).json()).toEqual({
    detail: 'The server failed: This is a bug.',
  });
  expect([await status('/throws'), await status('/rejects'), await status('/header')]).toEqual([
    500, 500, 200,
  ]);
  await expect(fetch(`${served.url}/body`).then((response) => response.text())).rejects.toThrow();
  await expect(fetch(`${served.url}/nothing`)).rejects.toThrow('fetch failed');
  expect(await status('/')).toBe(200);
  await served.close();
  expect(fatal).toEqual([]);
});

describe('mock and sandbox', () => {
  test.each([
    ['application/json;', 201, 201],
    ['application/json; charset=utf-8', 201, 201],
    ['APPLICATION/JSON', 201, 201],
    ['application/json; charset=utf-16', 415, 400],
    ['application/json-patch+json', 415, 400],
    ['text/plain', 415, 400],
    ['banana', 415, 400],
  ])('take a body of the type %s for what it is', async (type, ofMock, ofSandbox) => {
    const path = `/invitation/connection/${id}`;
    const init = {
      method: 'POST',
      headers: { 'x-api-key': 'sandbox-key', 'content-type': type },
      body: '{}',
    };
    await using stack = new AsyncDisposableStack();
    const mock = stack.adopt(await startMock({ port: 0, document }), (each) => each.close());
    const sandbox = stack.adopt(await startSandbox({ port: 0 }), (each) => each.close());
    expect((await fetch(mock.url + path, init)).status).toBe(ofMock);
    expect((await fetch(sandbox.url + path, init)).status).toBe(ofSandbox);
  });

  test('ignore the body of an operation without one', async () => {
    await using stack = new AsyncDisposableStack();
    const mock = stack.adopt(await startMock({ port: 0, document }), (each) => each.close());
    const sandbox = stack.adopt(await startSandbox({ port: 0 }), (each) => each.close());
    const headers = { 'x-api-key': 'sandbox-key', 'content-type': 'application/json' };
    const create = await fetch(`${sandbox.url}/v2/invitation/connection/${id}`, {
      method: 'POST',
      headers,
      body: '{}',
    });
    const { id: invitation } = (await create.json()) as { id: string };
    for (const body of ['{}', '{', '5']) {
      for (const url of [`${sandbox.url}/v2`, mock.url]) {
        const response = await fetch(`${url}/invitation/${invitation}/revoke`, {
          method: 'POST',
          headers,
          body,
        });
        expect(response.status).toBe(200);
      }
    }
  });
});
