import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  answer,
  deadOrigin,
  drip,
  type Fault,
  FaultServer,
  malformed,
  partial,
  reset,
  stall,
} from './fault-server.ts';
import { connect, errorOf, fail, ID, KEY, KINDS } from './subject.ts';

/** Ways in which a server, or a log, may write the key. */
const forms = [KEY, JSON.stringify(KEY).slice(1, -1), encodeURIComponent(KEY), escapeAll(KEY)];

/** Everything that a log line could show of an error. */
function everythingOf(error: unknown): string {
  const shown: string[] = [];
  for (let each = error; each; each = Object(each).cause) {
    const { message, stack } = Object(each);
    shown.push(String(each), message, stack, JSON.stringify(each) ?? '', inspect(each, everything));
  }
  return shown.join('\n');
}

const everything = { depth: Number.POSITIVE_INFINITY, showHidden: true, maxStringLength: null };

function expectNoKey(text: string): void {
  for (const form of forms) expect(text).not.toContain(form);
}

/** Repeats the key in each place that an answer has. */
function echo(status: number, write: (key: string) => string): Fault {
  return (socket, request) => {
    const key = request.headers['x-api-key'] ?? '';
    answer(status, write(key), {
      'x-echo': key,
      'www-authenticate': `Key ${key}`,
      location: `https://${encodeURIComponent(key)}.example.com/${key}?key=${encodeURIComponent(key)}`,
    })(socket, request);
  };
}

const bodies: Record<'detail' | 'escaped' | 'text' | 'edge', (key: string) => string> = {
  detail: (key) => JSON.stringify({ detail: `Bad key ${key}`, nested: [{ [key]: key }] }),
  escaped: (key) => `{"detail": "${escapeAll(key)}", "${escapeAll(key)}": 1}`,
  text: (key) => `<p>${key}</p>`,
  edge: (key) => `${'x'.repeat(190)}${key}`,
};

function escapeAll(key: string): string {
  return [...key].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

const faults: Record<string, Fault> = {
  reset,
  stall,
  drip,
  malformed,
  'reset in the body': partial(200, reset),
  'broken gzip': answer(200, KEY, { 'content-encoding': 'gzip' }),
};
for (const [name, write] of Object.entries(bodies)) {
  // In an array, because the contract promises an object, which would be a success.
  faults[`200 that echoes it: ${name}`] = echo(200, (key) => `[${write(key)}]`);
  for (const status of [302, 401, 422, 429, 500])
    faults[`${status} that echoes it: ${name}`] = echo(status, write);
}

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(KINDS)('%s', (kind) => {
  test.each(Object.entries(faults))('does not show the key after %s', async (_, fault) => {
    await using server = await FaultServer.start(fault);
    const client = connect(server.origin, { timeout: 40, maxRetries: 1 });
    const error = await fail(client, kind);
    expect(server.seen[0]?.headers['x-api-key']).toBe(KEY);
    expectNoKey(everythingOf(error));
    expectNoKey(inspect(client, everything));
    const { headers } = Object(error);
    if (headers) expectNoKey(JSON.stringify([...headers]));
  });
});

test('The key is not shown when nothing was sent', async () => {
  const client = connect(await deadOrigin());
  const errors = await Promise.all(
    [
      client.ping({ maxRetries: 0 }),
      client.getConnection(KEY),
      client.ping({ headers: { 'x-bad': `${KEY}\r\n:` } }),
      client.ping({ headers: { [KEY]: '' } }),
      client.ping({ signal: AbortSignal.abort() }),
      client.ping({ apiKey: `${KEY}\n` }),
    ].map(errorOf),
  );
  expectNoKey(errors.map(everythingOf).join());
});

test('The key is taken out of what a fetch of the caller throws', async () => {
  const cause = new AggregateError([new Error(KEY)], `Sent ${KEY}`, { cause: new Error(KEY) });
  cause.errors.push(cause);
  const client = connect('https://example.com', { fetch: () => Promise.reject(cause), maxRetries: 0 });
  const error = await fail(client, 'POST');
  expect(error).toMatchObject({ name: 'ConnectionError', cause });
  expectNoKey(everythingOf(error));
});

test('The key of a call, or one that a function gave, is not shown either', async () => {
  await using server = await FaultServer.start(echo(500, bodies.detail ?? String));
  const options = { maxRetries: 0 };
  const own = connect(server.origin, { ...options, apiKey: 'another' }).getConnection(ID, { apiKey: KEY });
  const given = connect(server.origin, { ...options, apiKey: () => KEY }).getConnection(ID);
  const errors = await Promise.all([own, given].map(errorOf));
  expectNoKey(errors.map(everythingOf).join());
});
