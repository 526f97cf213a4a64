import { createClient } from 'nectar-openapi';
import { describe, expect, test } from 'vitest';
import { startSandbox } from '../../scripts/nectar/start.ts';
import { refusal, start } from './start.ts';

describe('a fault', () => {
  test.each([
    ['lose', 'unknown', 1],
    ['drop', 'unknown', 0],
    ['truncate', 'unknown', 1],
    ['status=503', 'unknown', 0],
    ['status=429; retry-after=0', 'rejected', 0],
    ['status=422', 'rejected', 0],
  ])('%s ends a create as %s, with %d invitations', async (fault, outcome, count) => {
    const { sandbox, nectar, broken } = start();
    const result = await nectar
      .createReconnectInvitation(broken, {}, { headers: { 'x-sandbox-fault': fault } })
      .result();
    expect(result.ok ? undefined : result.error.outcome).toBe(outcome);
    expect(sandbox.invitations()).toHaveLength(count);
    expect(await nectar.ping()).toEqual({ version: '2.0' });
  });

  test.each(['slow=40', 'delay=40'])('%s takes its time', async (fault) => {
    const { nectar, broken } = start();
    const started = performance.now();
    await nectar.createReconnectInvitation(broken, {}, { headers: { 'x-sandbox-fault': fault } });
    expect(performance.now() - started).toBeGreaterThan(35);
    const aborted = nectar.createReconnectInvitation(
      broken,
      {},
      {
        timeout: 30,
        headers: { 'x-sandbox-fault': fault.replace('40', '60000') },
      },
    );
    expect(await aborted.result()).toMatchObject({
      ok: false,
      error: { name: 'TimeoutError', outcome: 'unknown' },
    });
  });

  test('affects its operation, its share and its number of calls', async () => {
    const { sandbox, nectar, broken } = start();
    sandbox.faults.add({ kind: 'status', status: 503, operation: 'getConnection', times: 2 });
    const ok = async (call: { result(): Promise<{ ok: boolean }> }) => (await call.result()).ok;
    expect(await ok(nectar.ping())).toBe(true);
    expect([await ok(nectar.getConnection(broken)), await ok(nectar.getConnection(broken))]).toEqual([
      false,
      false,
    ]);
    expect(await ok(nectar.getConnection(broken))).toBe(true);

    sandbox.faults.add({ kind: 'drop', share: 0.25 });
    let failed = 0;
    for (let call = 0; call < 400; call++) if (!(await ok(nectar.ping()))) failed++;
    expect(failed).toBeGreaterThan(60);
    expect(failed).toBeLessThan(140);
    sandbox.faults.clear();
    expect(await ok(nectar.ping())).toBe(true);
  });

  test('that is invalid is refused with a sentence', async () => {
    const { sandbox, nectar } = start();
    expect(await refusal(nectar.ping({ headers: { 'x-sandbox-fault': 'explode' } }))).toEqual([
      400,
      'x-sandbox-fault: There is no fault "explode". Take one of status, delay, drop, lose, truncate, slow.',
    ]);
    expect(() => sandbox.faults.add({ kind: 'status', status: 99 })).toThrow(
      'status is a whole number from 200 to 599',
    );
    expect(() => sandbox.faults.add({ kind: 'drop', share: 2 })).toThrow('share is a number from 0 to 1');
    expect(() => sandbox.faults.add({ kind: 'delay' } as never)).toThrow('ms is a number of milliseconds');
  });
});

describe('a caller that has left', () => {
  test.each([
    ['delay=100', 1],
    ['slow=100', 1],
    ['lose', 1],
    ['truncate', 1],
    ['drop', 0],
  ])('changes nothing about %s: %d invitations', async (fault, count) => {
    const { sandbox, nectar, broken } = start();
    const controller = new AbortController();
    const call = nectar.createReconnectInvitation(
      broken,
      {},
      { headers: { 'x-sandbox-fault': fault }, signal: controller.signal },
    );
    const changed = new Promise<void>((resolve) => sandbox.onChange(resolve));
    // In the middle of the call: the request is with the sandbox.
    setTimeout(() => controller.abort(), 20);
    const result = await call.result();
    expect(result).toMatchObject({ ok: false, error: { outcome: 'unknown' } });
    if (count > 0) await changed;
    expect(sandbox.invitations()).toHaveLength(count);
  });

  test('over a socket, is handled as late as the fault says', async () => {
    await using stack = new AsyncDisposableStack();
    const { url, sandbox } = stack.adopt(await startSandbox({ port: 0, prism: true }), (each) =>
      each.close(),
    );
    const changed = new Promise<void>((resolve) => sandbox.onChange(resolve));
    const nectar = createClient({ apiKey: sandbox.key, baseUrl: `${url}/v2`, maxRetries: 0 });
    const headers = { 'x-sandbox-fault': 'delay=200' };
    const { id } = sandbox.connections.passwordIncorrect;
    const result = await nectar
      .createReconnectInvitation(id, { maxUses: 1 }, { headers, timeout: 50 })
      .result();
    expect(result).toMatchObject({ ok: false, error: { name: 'TimeoutError', outcome: 'unknown' } });
    expect(sandbox.invitations()).toEqual([]);
    await changed;
    expect(sandbox.invitations()).toMatchObject([{ maxUses: 1 }]);
  });
});

test.each<[string, object, string]>([
  [
    'an operation that is not there',
    { kind: 'drop', operation: 'createInvite' },
    'There is no operation "createInvite". Take one of ping, listConnections',
  ],
  [
    'an operation with a name of every object',
    { kind: 'drop', operation: 'constructor' },
    'There is no operation "constructor"',
  ],
  [
    'a kind with a name of every object',
    { kind: 'toString' },
    'There is no fault "toString". Take one of status, delay',
  ],
  [
    'a key that nothing reads',
    { kind: 'lose', ms: 5 },
    '"lose" has no "ms". It has kind, operation, share, times.',
  ],
  [
    'a misspelled key',
    { kind: 'status', status: 429, retry_after: 5 },
    '"status" has no "retry_after". It has kind, operation, share, times, status, retryAfter.',
  ],
  ['a number as text', { kind: 'delay', ms: '5' }, 'ms is a number of milliseconds'],
  ['a share as text', { kind: 'drop', share: '1' }, 'share is a number'],
])('%s is refused with the right names', async (_, fault, message) => {
  const { sandbox } = start();
  expect(() => sandbox.faults.add(fault as never)).toThrow(message);
  const response = await sandbox.fetch('https://sandbox.invalid/sandbox/control', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'fault', ...fault }),
  });
  expect([response.status, await response.json()]).toEqual([
    400,
    { detail: expect.stringContaining(message) },
  ]);
  expect(sandbox.faults.list()).toEqual([]);
});

test.each([
  'lose=5',
  'status=429; retry=2',
  'status=429; retry-after=soon',
  'status',
  'delay',
  'delay=1s',
  'drop; retry-after=1',
  '',
])('the header %s is refused', async (header) => {
  const { nectar } = start();
  expect(await refusal(nectar.ping({ headers: { 'x-sandbox-fault': header } }))).toEqual([
    400,
    expect.stringMatching(/^x-sandbox-fault: /),
  ]);
});
