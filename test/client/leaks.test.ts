import { inspect } from 'node:util';
import { createTransport } from 'nectar-openapi';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { requestsAt, stopClock, useClock } from './clock.ts';
import {
  deadOrigin,
  drip,
  type Fault,
  FaultServer,
  malformed,
  partial,
  reset,
  respond,
  stall,
} from './fault-server.ts';
import { CALLS, connect, errorOf, FACES, failureOf, fetchClient, KEY, methodClient } from './subject.ts';

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

/** Repeats the key in each place that a response has. */
function echo(status: number, write: (key: string) => string): Fault {
  return (socket, request) => {
    const key = request.headers['x-api-key'] ?? '';
    respond(status, write(key), {
      'x-echo': key,
      'www-authenticate': `Key ${key}`,
      location: `https://${encodeURIComponent(key)}.example.com/${key}?key=${encodeURIComponent(key)}`,
    })(socket, request);
  };
}

const bodies: Record<string, (key: string) => string> = {
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
  'gzip that is none': respond(200, KEY, { 'content-encoding': 'gzip' }),
};
for (const [name, write] of Object.entries(bodies)) {
  // In an array, because the contract promises an object, which would be a success.
  faults[`200 that echoes it: ${name}`] = echo(200, (key) => `[${write(key)}]`);
  for (const status of [302, 401, 422, 429, 500])
    faults[`${status} that echoes it: ${name}`] = echo(status, write);
}

useClock();
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(CALLS)('$kind of the $face', ({ face, kind }) => {
  test.each(Object.entries(faults))('does not show the key after %s', async (_, fault) => {
    await using server = await FaultServer.start(fault);
    const clock = fault === stall || fault === drip ? stopClock() : undefined;
    const call = connect(face, server.origin, { timeout: 30_000, maxRetries: 0 })[kind]();
    await requestsAt(server, 1);
    await clock?.pass(30_000);
    const { error, end, data } = await call;
    expect(server.requests[0]?.headers['x-api-key']).toBe(KEY);
    expectNoKey(everythingOf(error));
    if (end === 'HttpError') expectNoKey(JSON.stringify(data ?? ''));
    const { headers } = Object(error);
    if (headers) expectNoKey(JSON.stringify([...headers]));
  });
});

test('A client does not show its key', () => {
  expectNoKey(inspect([methodClient('https://example.com'), fetchClient('https://example.com')], everything));
  const transport = createTransport({ apiKey: KEY });
  expectNoKey(`${inspect(transport, everything)} ${JSON.stringify(transport)}`);
});

test('The key is not shown when nothing was sent', async () => {
  const client = methodClient(await deadOrigin());
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

describe.each(FACES)('%s', (face) => {
  test('The key of a call, or of a function, is not shown either', async () => {
    await using server = await FaultServer.start(malformed);
    const options = { maxRetries: 0 };
    const own = connect(face, server.origin, { ...options, apiKey: 'another' }).GET({ apiKey: KEY });
    const given = connect(face, server.origin, { ...options, apiKey: () => KEY }).GET();
    const errors = await Promise.all([own, given].map(failureOf));
    expectNoKey(errors.map(everythingOf).join());
  });
});
