import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { chooseApi, targetOf } from '../../scripts/cli/apis.ts';
import { readPort } from '../../scripts/cli/flags.ts';
import { printable } from '../../scripts/cli/printable.ts';
import { findStaleContract } from '../../scripts/generate/find-stale.ts';
import { curlFor } from '../../scripts/mock/curl.ts';
import { formatExchange } from '../../scripts/mock/exchange.ts';
import { loadPrism } from '../../scripts/mock/prism.ts';
import { startMock } from '../../scripts/mock/start.ts';
import { ProjectCopy, withoutColors } from '../helpers/project-copy.ts';
import { document, useMock } from '../round-trip/mock.ts';

const mock = useMock();

describe('npm run mock', () => {
  test('prints a curl command that works, then a line for each request, and stops at Ctrl-C', async () => {
    const child = spawn(process.execPath, ['scripts/openapi-once.ts', 'mock', '--port', '0'], {
      env: withoutColors(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const line = async (pattern: RegExp) => {
      for (;;) {
        const { done, value } = await lines.next();
        if (done) throw new Error(`The command has ended without a line that matches ${pattern}.`);
        if (pattern.test(value)) return value;
      }
    };
    try {
      const command = await line(/^ {2}curl/);
      const { stdout } = await promisify(execFile)('sh', ['-c', `${command} -s -w '%{http_code}'`]);
      expect(stdout).toMatch(/^\{.*\}201$/);

      const [url = ''] = /http:[^']+/.exec(command) ?? [];
      expect(await line(/->/)).toMatch(/^POST \/\S+ -> 201 \S+$/);
      await fetch(url, { method: 'POST' });
      expect(await line(/->/)).toMatch(/-> 401/);
      expect(await line(/request/)).toBe('    request: Invalid security scheme used');
    } finally {
      child.kill('SIGINT');
    }
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  test.each([
    ['{ type: apiKey, in: query, name: key }', "'/parcels?key=any-key'"],
    ['{ type: apiKey, in: cookie, name: SID }', "'/parcels' -H 'Cookie: SID=any-key'"],
    ['{ type: oauth2, flows: {} }', "'/parcels' -H 'Authorization: Bearer any-token'"],
  ])('prints the key where the contract wants it: %s', async (scheme, words) => {
    const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-curl-'));
    const document = join(folder, 'openapi.yaml');
    writeFileSync(
      document,
      `openapi: 3.1.0
info: { title: Parcels, version: 1.0.0 }
paths: { /parcels: { get: { responses: { '204': { description: Done } } } } }
security: [{ Key: [] }]
components: { securitySchemes: { Key: ${scheme} } }
`,
    );
    const { operations } = await loadPrism(document);
    expect(curlFor(operations, '')).toBe(`curl -X GET ${words}`);
    rmSync(folder, { recursive: true });
  });

  test('escapes control characters in its log', async () => {
    await fetch(`${mock.url}/invitation/connection/7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36`, {
      method: 'POST',
      headers: { 'x-api-key': 'any', 'content-type': 'application/json', prefer: '\u009b2J' },
      body: '{"\u001b[2J": ',
    });
    const [exchange = expect.fail('Nothing was logged.')] = mock.exchanges;
    const lines = printable(formatExchange(exchange, [])).split('\n');
    expect(lines[0]).toContain('(Prefer: \\u009b2J)');
    expect(lines[1]).not.toMatch(/\p{Cc}/u);
  });

  test.for([
    [(text: string) => text.replace('version: 0.1.0', 'version: 0.1.1'), /The contract has changed/],
    [(text: string) => text.replace('paths:', 'pahts:'), /serves the last valid contract/],
  ] as const)('says if generated/ does not match spec/, and if spec/ is invalid', async ([edit, said]) => {
    using project = new ProjectCopy();
    project.edit('spec/openapi.yaml', edit);
    const { stdout } = await project.run(async () =>
      console.log(await findStaleContract(targetOf(chooseApi()))),
    );
    expect(stdout).toMatch(said);
    expect(stdout).toContain('npm run gen');
  });

  test('names the flag when the port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(startMock({ port, document })).rejects.toThrow(
      `Port ${port} is in use. Stop what runs there, or use another one: npm run mock -- --port ${port + 1}`,
    );
    server.close();
  });

  test('refuses an invalid port', () => {
    expect(() => readPort('http')).toThrow('--port takes a number from 0 to 65535, but got "http".');
  });
});

describe('the mock', () => {
  test('responds to a body that is not JSON, where Prism alone does not', async () => {
    const response = await fetch(`${mock.url}/invitation/connection/7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'x-api-key': 'any' },
      body: '{"maxUses": é',
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('sl-violations')).toContain('The body is not valid JSON');
  });

  test.for([
    ['/connection/%zz/details', 400, 'A percent sign in the path'],
    ['/v2/connection/%ff/details', 400, 'A percent sign in the path'],
  ] as const)('refuses the path %s, which ends Prism alone', async ([path, status, reason]) => {
    const headers = { 'x-api-key': 'any' };
    const response = await fetch(mock.url + path, { headers });
    expect(response.status).toBe(status);
    expect(response.headers.get('sl-violations')).toContain(reason);
    expect((await fetch(`${mock.url}/ping`, { headers })).status).toBe(200);
  });

  test('responds below the path of each server of the contract', async () => {
    const headers = { 'x-api-key': 'any' };
    for (const base of ['', '/v2', '/v2.1', '/v2.2'])
      expect((await fetch(`${mock.url}${base}/ping`, { headers })).status).toBe(200);
    expect((await fetch(`${mock.url}/v3/ping`, { headers })).status).toBe(404);
  });

  test('refuses an invalid media type', async () => {
    const response = await fetch(`${mock.url}/invitation/connection/7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36`, {
      method: 'POST',
      headers: { 'x-api-key': 'any', 'content-type': 'undefined' },
      body: '{}',
    });
    expect([response.status, await response.json()]).toMatchObject([
      415,
      { detail: '"undefined" is not a media type. Send application/json.' },
    ]);
  });

  test('reads of an Accept what can be read, and says why it cannot be met', async () => {
    const ask = async (accept: string) => {
      const response = await fetch(`${mock.url}/ping`, { headers: { 'x-api-key': 'any', accept } });
      return [response.status, ((await response.json()) as { detail?: string }).detail];
    };
    const readable = [
      ',',
      ' , ,',
      'application/json,,',
      'banana, */*',
      'application/json;q',
      'application/json;',
    ];
    // The default of a client of Java.
    for (const accept of [...readable, 'text/html, *; q=.2, */*; q=.2'])
      expect(await ask(accept), accept).toEqual([200, undefined]);
    expect(await ask('banana')).toEqual([400, '"banana" is not a media type. Accept application/json.']);
    for (const accept of ['text/html', 'application/json;q=0, */*', 'text/plain;x="a, */*"'])
      expect(await ask(accept), accept).toEqual([
        406,
        'There is no response in a media type that Accept has. Accept application/json.',
      ]);
  });

  test('distinguishes a mistake in Prefer from a response of the API', async () => {
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
  });

  test('lets a browser read why a request was refused', async () => {
    for (const path of ['/connection/none/details', '/connection/%zz/details']) {
      const { headers } = await fetch(mock.url + path, { headers: { 'x-api-key': 'any' } });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-expose-headers')).toContain('sl-violations');
    }
  });

  test('frees its port when it is closed, even with a request half sent', async () => {
    const other = await startMock({ port: 0, document });
    const { hostname, port } = new URL(other.url);
    const caller = connect(Number(port), hostname).on('error', () => {});
    caller.write(
      'GET / HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf',
    );
    await once(caller, 'data');
    const ended = once(caller, 'close');
    await other.close();
    await ended;
    await expect(fetch(other.url)).rejects.toThrow('fetch failed');
  });

  test('leaves the stack traces of the process as they were', () => {
    const here = readFileSync(import.meta.filename, 'utf8').split('\n');
    const [, line] = /mock\.test\.ts:(\d+)/.exec(new Error('Here.').stack ?? '') ?? [];
    expect(here[Number(line) - 1]).toContain("new Error('Here.')");
  });
});
