import { describe, expect, test } from 'vitest';
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
    expect(() => sandbox.faults.add({ kind: 'status', status: 99 })).toThrow('a status from 200 to 599');
    expect(() => sandbox.faults.add({ kind: 'drop', share: 2 })).toThrow('share is a number from 0 to 1');
    expect(() => sandbox.faults.add({ kind: 'delay' } as never)).toThrow('"delay" takes milliseconds');
  });
});
