import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { describe, test } from 'vitest';
import { startMock } from '../../scripts/mock/start.ts';
import { ProjectCopy, runNode } from '../helpers/project-copy.ts';

const modules = join(import.meta.dirname, '../../node_modules');

/** A command that keeps running; stopped at the end of the test. */
class Running implements AsyncDisposable {
  readonly child;
  readonly #lines: AsyncIterator<string>;

  constructor(args: string[], output: 'stdout' | 'stderr' = 'stdout') {
    this.child = spawn(process.execPath, args, {
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', output === 'stderr' ? 'pipe' : 'inherit'],
    });
    this.#lines = createInterface(this.child[output] as Readable)[Symbol.asyncIterator]();
  }

  /** The next line of its output that matches. */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      const { done, value } = await this.#lines.next();
      if (done) throw new Error(`The command has ended without a line that matches ${pattern}.`);
      if (pattern.test(value)) return value;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'close');
  }
}

describe.concurrent('npm run mock', () => {
  test('prints a curl command that works, then a line for each request, and stops at Ctrl-C', async ({
    expect,
  }) => {
    await using mock = new Running(['scripts/mock.ts', '--port', '0']);
    const command = await mock.line(/^ {2}curl/);
    const { stdout } = await promisify(execFile)('sh', ['-c', `${command} -s -w '%{http_code}'`]);
    expect(stdout).toMatch(/^\{.*\}201$/);

    const [url = ''] = /http:[^']+/.exec(command) ?? [];
    expect(await mock.line(/->/)).toMatch(/^POST \/\S+ -> 201 \S+$/);
    await fetch(url, { method: 'POST' });
    expect(await mock.line(/->/)).toMatch(/-> 401/);
    expect(await mock.line(/request/)).toBe('    request: Invalid security scheme used');

    mock.child.kill('SIGINT');
    expect(await once(mock.child, 'close')).toEqual([0, null]);
  });

  test('escapes control characters in its log', async ({ expect }) => {
    await using mock = new Running(['scripts/mock.ts', '--port', '0']);
    const [url = ''] = /http:[^']+/.exec(await mock.line(/^ {2}curl/)) ?? [];
    await fetch(url, {
      method: 'POST',
      headers: { 'x-api-key': 'any', 'content-type': 'application/json', prefer: '\u009b2J' },
      body: '{"\u001b[2J": ',
    });
    expect(await mock.line(/->/)).toContain('(Prefer: \\u009b2J)');
    expect(await mock.line(/request/)).not.toMatch(/\p{Cc}/u);
  });

  test('says if generated/ does not match spec/, and if spec/ is invalid', async ({ expect }) => {
    for (const { edit, said } of [
      {
        edit: (text: string) => text.replace('version: 0.1.0', 'version: 0.1.1'),
        said: /spec\/ has changed/,
      },
      { edit: (text: string) => text.replace('paths:', 'pahts:'), said: /serves the last valid contract/ },
    ]) {
      using project = new ProjectCopy();
      project.edit('spec/openapi.yaml', edit);
      await using mock = new Running([`${project.root}/scripts/mock.ts`, '--port', '0'], 'stderr');
      expect(await mock.line(said)).toContain('npm run gen');
    }
  });

  test('names the flag when the port is in use', async ({ expect }) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await runNode(['scripts/mock.ts', '--port', String(port)])).toEqual({
      code: 1,
      stdout: '',
      stderr: `Port ${port} is in use. Stop what runs there, or use another one: npm run mock -- --port ${port + 1}\n`,
    });
    server.close();
  });

  test('refuses an invalid port', async ({ expect }) => {
    const { code, stderr } = await runNode(['scripts/mock.ts', '--port', 'http']);
    expect(stderr).toMatch(/^--port takes a number from 0 to 65535, but got "http"\.\nUsage: npm run mock/);
    expect(code).toBe(2);
  });
});

describe.concurrent('the mock', () => {
  test('responds to a body that is not JSON, where Prism alone does not', async ({ expect }) => {
    const mock = await startMock({ port: 0 });
    const response = await fetch(`${mock.url}/invitation/connection/7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'x-api-key': 'any' },
      body: '{"maxUses": é',
      signal: AbortSignal.timeout(5_000),
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('sl-violations')).toContain('The body is not valid JSON');
    await mock.close();
  });

  test.for([
    ['/connection/%zz/details', 400, 'A percent sign in the path'],
    ['/v2/connection/%ff/details', 400, 'A percent sign in the path'],
  ] as const)('refuses the path %s, which ends Prism alone', async ([path, status, reason], { expect }) => {
    const mock = await startMock({ port: 0 });
    const headers = { 'x-api-key': 'any' };
    const response = await fetch(mock.url + path, { headers, signal: AbortSignal.timeout(5_000) });
    expect(response.status).toBe(status);
    expect(response.headers.get('sl-violations')).toContain(reason);
    expect((await fetch(`${mock.url}/ping`, { headers })).status).toBe(200);
    await mock.close();
  });

  test('responds below the path of each server of the contract', async ({ expect }) => {
    const mock = await startMock({ port: 0 });
    const headers = { 'x-api-key': 'any' };
    for (const base of ['', '/v2', '/v2.1', '/v2.2'])
      expect((await fetch(`${mock.url}${base}/ping`, { headers })).status).toBe(200);
    expect((await fetch(`${mock.url}/v3/ping`, { headers })).status).toBe(404);
    await mock.close();
  });

  test('refuses an invalid media type', async ({ expect }) => {
    const mock = await startMock({ port: 0 });
    const response = await fetch(`${mock.url}/invitation/connection/7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36`, {
      method: 'POST',
      headers: { 'x-api-key': 'any', 'content-type': 'undefined' },
      body: '{}',
    });
    expect([response.status, await response.json()]).toMatchObject([
      415,
      { detail: '"undefined" is not a media type. Send application/json.' },
    ]);
    await mock.close();
  });

  test('distinguishes a mistake in Prefer from a response of the API', async ({ expect }) => {
    const mock = await startMock({ port: 0 });
    const ask = async (prefer: string) => {
      const response = await fetch(`${mock.url}/v2/ping`, { headers: { 'x-api-key': 'any', prefer } });
      return [response.status, ((await response.json()) as { detail?: string }).detail];
    };
    expect(await ask('code=500')).toEqual([
      501,
      'Prefer asks for the status 500, but ping has 200, 401, 429.',
    ]);
    expect(await ask('example=nothing')).toEqual([
      501,
      expect.stringContaining('the example nothing, but ping has'),
    ]);
    expect(await ask('code=200, example=valid-key')).toEqual([200, undefined]);
    expect((await ask('code=429'))[0]).toBe(429);
    await mock.close();
  });

  test('lets a browser read why a request was refused', async ({ expect }) => {
    const mock = await startMock({ port: 0 });
    for (const path of ['/connection/none/details', '/connection/%zz/details']) {
      const { headers } = await fetch(mock.url + path, { headers: { 'x-api-key': 'any' } });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-expose-headers')).toContain('sl-violations');
    }
    await mock.close();
  });

  test('frees its port when it is closed, even with a request half sent', async ({ expect }) => {
    const mock = await startMock({ port: 0 });
    const { hostname, port } = new URL(mock.url);
    const caller = connect(Number(port), hostname).on('error', () => {});
    caller.write(
      'GET / HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf',
    );
    await once(caller, 'data');
    await mock.close();
    await expect(fetch(mock.url)).rejects.toThrow('fetch failed');
    const again = await startMock({ port: Number(new URL(mock.url).port) });
    await again.close();
  });
});

test('npx prism mock spec/openapi.yaml serves the contract as it is written', async ({ expect }) => {
  const prism = join(modules, '@stoplight/prism-cli/dist/index.js');
  await using mock = new Running([prism, 'mock', 'spec/openapi.yaml', '--port', '0']);
  const [url = ''] = /http:\S+/.exec(await mock.line(/is listening on/)) ?? [];
  const response = await fetch(`${url}/invitation/connection/7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'any' },
    body: '{}',
  });
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({ status: 'ACTIVE' });
});
