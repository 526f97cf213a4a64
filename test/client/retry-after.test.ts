import { afterEach, expect, test, vi } from 'vitest';
import { answer, FaultServer, json } from './fault-server.ts';
import { connect, errorOf, fail, ID, KINDS } from './subject.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Milliseconds between the first request and the second. */
async function pauseAfter(retryAfter: Record<string, string>): Promise<number> {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  await using server = await FaultServer.start(answer(429, '', retryAfter), json(200, { id: ID }));
  await connect(server.origin).createReconnectInvitation(ID);
  const [first, second] = server.seen;
  return (second?.at ?? Number.NaN) - (first?.at ?? Number.NaN);
}

test('Retry-After in seconds is waited for', async () => {
  const pause = await pauseAfter({ 'retry-after': '1' });
  expect(pause).toBeGreaterThan(980);
  expect(pause).toBeLessThan(5000);
});

test('Retry-After as a date is waited for', async () => {
  const date = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000).toUTCString();
  const pause = await pauseAfter({ 'retry-after': date });
  expect(pause).toBeGreaterThan(500);
  expect(pause).toBeLessThan(6000);
});

test.each([
  '-5',
  'soon',
  '1.5',
  '1, 2',
  '0x10',
  'Mon, nonsense',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  '',
])('Retry-After "%s" adds no pause', async (value) => {
  expect(await pauseAfter({ 'retry-after': value })).toBeLessThan(900);
});

test('no Retry-After adds no pause', async () => {
  expect(await pauseAfter({})).toBeLessThan(900);
});

test.each([
  ['61', 61],
  ['99999999999999999999', 1e20],
])('Retry-After %s is left to the caller', async (value, retryAfter) => {
  for (const kind of KINDS) {
    await using server = await FaultServer.start(answer(429, '', { 'retry-after': value }));
    const error = await fail(connect(server.origin), kind);
    expect(error).toMatchObject({ name: 'HttpError', outcome: 'rejected', retryAfter });
    expect(server.count).toBe(1);
  }
});

test('A pause that would outlast totalTimeout is not begun', async () => {
  await using server = await FaultServer.start(json(429, { detail: 'Slow' }, { 'retry-after': '5' }));
  const start = performance.now();
  const error = await fail(connect(server.origin, { totalTimeout: 1000 }), 'POST');
  expect(error).toMatchObject({ name: 'HttpError', status: 429, detail: 'Slow', retryAfter: 5 });
  expect(performance.now() - start).toBeLessThan(4000);
});

test('The pause doubles from half a second to at most eight seconds', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const pauses: number[] = [];
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, milliseconds: number) => {
    if (milliseconds < 9000) {
      pauses.push(milliseconds);
      queueMicrotask(run);
    }
  }) as typeof setTimeout);
  const unreachable = async () => new Response('', { status: 503 });
  const client = connect('https://example.com', { fetch: unreachable, maxRetries: 6 });
  await errorOf(client.ping());
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 4000]);
});
