import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from 'nectar-openapi';
import { unwrap } from 'nectar-openapi/webhooks';
import { describe, expect, test, vi } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { runTool } from '../../scripts/cli/run-tool.ts';
import { curlOf, inviteCall } from '../../scripts/nectar/pages/samples.ts';
import { nectarSteps } from '../../scripts/nectar/verify-steps.ts';
import { refusal } from '../../scripts/sandbox/api.ts';
import { validateWithPrism } from '../../scripts/sandbox/server/prism.ts';
import { hasDrift } from '../../scripts/verify/report.ts';
import { verify } from '../../scripts/verify/verify.ts';
import { useSandbox } from './running.ts';

const served = useSandbox();
const document = join(toolchainRoot, 'generated/openapi.yaml');

function client(path = '/v2') {
  return createClient({ apiKey: served.sandbox.key, baseUrl: served.url + path, maxRetries: 0 });
}

/** What a server says to bytes that no HTTP client would send. */
async function exchange(lines: string[]): Promise<string> {
  const { hostname, port } = new URL(served.url);
  const socket = connect(Number(port), hostname);
  socket.end(`${lines.join('\r\n')}\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

test('the printed curl line creates an invitation and mails it', async () => {
  const call = inviteCall(served.sandbox, served.url, served.sandbox.connections.passwordIncorrect);
  const { stdout } = await promisify(execFile)('sh', ['-c', `${curlOf(call)} --silent`]);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'ACTIVE', maxUses: 1 });
  expect(served.sandbox.mails()).toMatchObject([{ to: 'dana.reyes@harborstreet.example' }]);
});

test('verify finds no drift, and leaves nothing behind', async () => {
  const { key, company, connections } = served.sandbox;
  const target = {
    document,
    server: `${served.url}/v2`,
    keys: new Map([['ApiKey', key]]),
    parameters: new Map([
      ['company_id', company.id],
      ['connection_id', connections.connected.id],
    ]),
    write: true,
  };
  const outcome = await verify(target, nectarSteps);
  expect({ drift: hasDrift(outcome), leftovers: outcome.leftovers, skipped: [...outcome.skipped] }).toEqual({
    drift: false,
    leftovers: [],
    skipped: [],
  });
  expect(served.sandbox.invitations().map(({ status }) => status)).toEqual(['REVOKED', 'REVOKED']);
});

test('the workflows of a whole life run', async () => {
  vi.stubEnv('REDOCLY_TELEMETRY', 'off');
  vi.stubEnv('REDOCLY_SUPPRESS_UPDATE_NOTICE', 'true');
  const servers = ['--server', `nectar=${served.url}/v2`, '--server', `sandbox=${served.url}`];
  const { passed, output } = await runTool('@redocly/cli/bin/cli.js', [
    ...['respect', 'spec/workflows/life.arazzo.yaml', ...servers],
    ...['--input', `apiKey=${served.sandbox.key}`],
  ]);
  expect(output).toContain('Workflows: 3 passed, 3 total');
  expect(passed).toBe(true);
  expect(served.sandbox.invitations().map(({ status }) => status)).toEqual([
    'FULFILLED',
    'REVOKED',
    'EXPIRED',
  ]);
  vi.unstubAllEnvs();
});

describe('Prism in front', () => {
  test('refuses nothing that the API accepts, in any version', async () => {
    for (const path of ['', '/v2', '/v2.1', '/v2.2']) {
      const nectar = client(path);
      const { id } = served.sandbox.connections.connected;
      const created = await nectar.createReconnectInvitation(id, { maxUses: 1, expiresInSeconds: 60 });
      expect((await nectar.revokeInvitation(created.id)) as object).toMatchObject({ status: 'REVOKED' });
    }
  });

  test('and the API refuse with the same text', async () => {
    const { id } = served.sandbox.connections.connected;
    const result = await client().createReconnectInvitation(id, { maxUses: 0 }).result();
    expect(result).toMatchObject({
      error: { status: 400, detail: 'maxUses: Ensure this value is greater than or equal to 1.' },
    });
  });

  test('turns a response that violates the contract into an error', async () => {
    const violations: string[] = [];
    const through = await validateWithPrism(document, (each) => violations.push(each));
    const api = {
      operationOf: () => 'getConnection',
      credentialsOf: () => [],
      respond: async () => Response.json({ id: 'no uuid' }),
      refuse: async () => undefined,
    };
    const { id } = served.sandbox.connections.connected;
    const request = new Request(`https://nectar.invalid/v2/connection/${id}/details`, {
      headers: { 'x-api-key': 'a' },
    });
    const response = await through(request, api);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('The sandbox has violated the contract');
    const undocumented = await through(request, { ...api, respond: async () => refusal(418, 'No.') });
    expect(undocumented.status).toBe(500);
    expect(violations).toHaveLength(2);
  });
});

describe('a connection', () => {
  test.each([
    ['drop', 0],
    ['lose', 1],
    ['truncate', 1],
  ])('breaks for the fault %s, with %d invitations', async (fault, count) => {
    const { id } = served.sandbox.connections.connected;
    const create = client().createReconnectInvitation(id, {}, { headers: { 'x-sandbox-fault': fault } });
    expect(await create.result()).toMatchObject({
      ok: false,
      error: { name: 'ConnectionError', outcome: 'unknown' },
    });
    expect(served.sandbox.invitations()).toHaveLength(count);
  });

  test('that sends nothing is harmless, and so are a thousand', async () => {
    const { hostname, port } = new URL(served.url);
    const sockets: Socket[] = [];
    for (let count = 0; count < 1_000; count++) {
      const socket = connect(Number(port), hostname).on('error', () => {});
      sockets.push(socket);
    }
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    expect(await client().ping()).toEqual({ version: '2.0' });
    for (const socket of sockets) socket.destroy();
  });
});

describe('is refused', () => {
  test('a Host that is another', async () => {
    const say = (host: string) => exchange(['GET / HTTP/1.1', `Host: ${host}`, 'Connection: close']);
    const { port } = new URL(served.url);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port}.evil.example`,
      '',
    ])
      expect(await say(host)).toMatch(/^HTTP\/1\.1 40[03] /);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`])
      expect(await say(host)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test.each([
    ['GET /v2/connection/%zz/details', 400],
    ['GET /v2/connection/%ff%fe/details', 400],
    ['GET http://evil.example/', 400],
    ['GET //evil.example/ping', 404],
    ['TRACE /v2/ping', 400],
    ['OPTIONS *', 400],
    ['GET /p/i/%00', 404],
    ['GET /sandbox/../../etc/passwd', 404],
  ])('%s with %d', async (line, status) => {
    const { host } = new URL(served.url);
    const headers = [`Host: ${host}`, 'X-API-KEY: sandbox-key', 'Connection: close'];
    expect(await exchange([`${line} HTTP/1.1`, ...headers])).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(await client().ping()).toEqual({ version: '2.0' });
  });

  test('a body that is too large, no JSON, or of a media type that is none', async () => {
    const url = `${served.url}/v2/invitation/connection/${served.sandbox.connections.connected.id}`;
    const post = async (body: string, type = 'application/json') => {
      const headers = { 'x-api-key': served.sandbox.key, 'content-type': type };
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    expect(await post('{"maxUses":')).toBe(400);
    expect(await post('{}', 'undefined')).toBe(400);
    expect(await post(`"${'x'.repeat(11 * 1024 * 1024)}"`).catch(() => 413)).toBe(413);
    expect(await post('{}')).toBe(201);
  });

  test('any command from another site', async () => {
    const post = async (headers: Record<string, string>) =>
      (await fetch(`${served.url}/sandbox/control`, { method: 'POST', headers, body: '{"action":"reset"}' }))
        .status;
    const json = { 'content-type': 'application/json' };
    expect(await post({ ...json, origin: 'https://evil.example' })).toBe(403);
    expect(await post({ ...json, origin: 'null' })).toBe(403);
    expect(await post({ ...json, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await post({ 'content-type': 'text/plain' })).toBe(415);
    expect(await post({ ...json, origin: served.url })).toBe(200);
    expect(await post(json)).toBe(200);
  });

  test('an invalid command, with a sentence', async () => {
    const post = async (command: unknown) => {
      const response = await fetch(`${served.url}/sandbox/control`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(command),
      });
      return [response.status, ((await response.json()) as { detail: string }).detail];
    };
    const actions =
      'action is one of advance, fault, clear-faults, receiver, send-again, reset, set-status, invite, revoke, use.';
    expect(await post(null)).toEqual([400, actions]);
    expect(await post({ action: 'explode' })).toEqual([400, actions]);
    expect(await post({ action: 'advance', weeks: 1 })).toEqual([
      400,
      expect.stringMatching(/^advance takes days/),
    ]);
    expect(await post({ action: 'receiver', url: 'file:///etc/passwd' })).toEqual([
      400,
      'url is an address that begins with http:// or https://.',
    ]);
    expect(await post({ action: 'set-status', connectionId: 'x', status: 'y' })).toEqual([
      400,
      'There is no connection x in this sandbox.',
    ]);
  });
});

test('events reach a receiver on the network, also without a request', async () => {
  const received: unknown[] = [];
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push(unwrap(body, request.headers, served.sandbox.webhookSecret).eventType);
    response.writeHead(received.length === 1 ? 500 : 204).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  await served.sandbox.setReceiver({ url });
  await served.sandbox.setStatus(served.sandbox.connections.connected.id, 'PASSWORD_INCORRECT');
  expect(received).toHaveLength(2);
  await served.sandbox.clock.advance({ seconds: 5 });
  expect(received).toHaveLength(3);
  expect(served.sandbox.events().map(({ attempts }) => attempts.map(({ result }) => result))).toContainEqual([
    '500',
    '204',
  ]);
  await served.sandbox.setReceiver(undefined);
  receiver.close();
  receiver.closeAllConnections();
});

test('pages have a strict policy, and escape their contents', async () => {
  const hostile = '<script>alert(1)</script>"\'&';
  const { company } = served.sandbox;
  const { invitationUrl } = await client().createConnectionInvitation(company.id, {
    prefill: { url: `https://x.example/${hostile}`, connectionOwnerEmail: "o'brien&co@example.com" },
  });
  await served.sandbox
    .recipient(invitationUrl)
    .submit({ username: hostile, password: 'right', url: hostile });
  for (const path of ['/', '/sandbox/mail', new URL(invitationUrl).pathname]) {
    const response = await fetch(served.url + path);
    const text = await response.text();
    expect(text).not.toContain('<script>alert');
    expect(text).not.toMatch(/ (?:on\w+|style)="/);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  }
});
