import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { requestsAt, stopClock, useClock } from './clock.ts';
import {
  deadOrigin,
  drip,
  type Fault,
  FaultServer,
  hangUp,
  json,
  malformed,
  partial,
  reset,
  respond,
  stall,
} from './fault-server.ts';
import { CALLS, connect, FACES, failureOf, ID, KINDS, methodClient } from './subject.ts';

interface Expectation {
  name: string;
  fault: Fault;
  end: string;
  /** For GET and for POST. */
  outcome: [string, string];
  requests: [number, number];
  /** A part of the message. */
  says: string;
}

const unknown: [string, string] = ['unknown', 'unknown'];
const rejected: [string, string] = ['rejected', 'rejected'];

const lost: Expectation[] = [
  { name: 'a reset before the headers', fault: reset },
  { name: 'a hang-up before the headers', fault: hangUp },
  { name: 'a reset in the body', fault: partial(200, reset) },
  { name: 'a hang-up before Content-Length is reached', fault: partial(200, hangUp) },
  { name: 'a response that is not HTTP', fault: malformed },
  { name: 'gzip that is none', fault: respond(200, 'no gzip', { 'content-encoding': 'gzip' }) },
].map((each) => ({
  ...each,
  end: 'ConnectionError',
  outcome: unknown,
  requests: [3, 1],
  says: 'lost its connection',
}));

const stalled: Expectation[] = [
  { name: 'a stall before the headers', fault: stall },
  { name: 'a stall in the body', fault: partial(200, stall) },
  { name: 'a slow drip', fault: drip },
].map((each) => ({
  ...each,
  end: 'TimeoutError',
  outcome: unknown,
  requests: [3, 1],
  says: 'timeout of 10000 ms',
}));

const unreadable: Expectation[] = [
  { name: 'truncated JSON', fault: respond(200, '{"id": "3f2'), says: 'not JSON' },
  {
    name: 'a Content-Length that is too short',
    fault: respond(200, '{"id": 1}', { 'content-length': '4', connection: 'close' }),
    says: 'not JSON',
  },
  {
    name: 'HTML with 200',
    fault: respond(200, `<html>${'x'.repeat(500)}`, { 'content-type': 'text/html' }),
    says: 'not JSON',
  },
  { name: 'an empty 200', fault: respond(200), says: 'no body' },
].map((each) => ({ ...each, end: 'InvalidResponseError', outcome: unknown, requests: [1, 1] }));

const refusals: Expectation[] = [400, 401, 403, 404, 409, 422].map((status) => ({
  name: `${status}`,
  fault: json(status, { detail: 'No' }),
  end: 'HttpError',
  outcome: rejected,
  requests: [1, 1],
  says: `responded with ${status}: No.`,
}));

const transient: Expectation[] = [500, 502, 503, 504, 408].map((status) => ({
  name: `${status}`,
  fault: json(status, { detail: 'Later' }),
  end: 'HttpError',
  outcome: unknown,
  requests: [3, 1],
  says: `responded with ${status}: Later.`,
}));

const [refusal, passing] = [refusals[0] as Expectation, transient[0] as Expectation];
const others: Expectation[] = [
  { ...refusal, name: '429', fault: respond(429), requests: [3, 3], says: 'Wait before' },
  { ...passing, name: 'an empty 503', fault: respond(503), says: 'responded with 503.' },
  { ...passing, name: 'a 503 whose body breaks', fault: partial(503, reset), says: '503.' },
  { ...passing, name: '499', fault: respond(499), requests: [1, 1], says: '499' },
  { ...passing, name: '501', fault: respond(501), requests: [1, 1], says: '501' },
];

useClock();
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(CALLS)('$kind of the $face', ({ face, kind }) => {
  const index = KINDS.indexOf(kind);

  test.each([...lost, ...stalled, ...unreadable, ...refusals, ...transient, ...others])(
    'reports $name',
    async ({ fault, end, outcome, requests, says }) => {
      await using server = await FaultServer.start(fault);
      const clock = end === 'TimeoutError' ? stopClock() : undefined;
      const call = connect(face, server.origin, { ...(clock && { timeout: 10_000 }) })[kind]();
      for (let request = 1; clock && request <= (requests[index] ?? 0); request++) {
        await requestsAt(server, request);
        await clock.pass(10_000);
      }
      const settled = await call;
      expect({ end: settled.end, requests: server.count }).toEqual({ end, requests: requests[index] });
      if (face === 'fetch client' && end === 'HttpError') return;
      const { message = '', ...error } = settled.error ?? {};
      expect(error).toMatchObject({ outcome: outcome[index], attempts: requests[index] });
      expect(message).toContain(says);
      expect(message).toMatch(/^(GET|POST) \/\w+\/.*\{connection_id\}/);
      expect(message.length).toBeLessThan(500);
      const unsure = kind === 'POST' && outcome[index] === 'unknown';
      expect(message.includes('check before you call again')).toBe(unsure);
    },
  );

  test('reports a refused connection, and retries', async () => {
    const error = await failureOf(connect(face, await deadOrigin())[kind]());
    expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'not-sent', attempts: 3 });
    expect(error.message).toContain('could not connect');
    expect(error.cause).toMatchObject({ name: 'TypeError', cause: { code: 'ECONNREFUSED' } });
  });

  test('reports a host that does not exist', async () => {
    // Ill-formed, so no name server is asked.
    const error = await failureOf(connect(face, 'https://nowhere..localhost', { maxRetries: 1 })[kind]());
    expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'not-sent', attempts: 2 });
  });

  test('reads a gzipped response', async () => {
    const body = gzipSync(JSON.stringify({ id: ID }));
    await using server = await FaultServer.start(respond(200, body, { 'content-encoding': 'gzip' }));
    expect(await connect(face, server.origin)[kind]()).toMatchObject({ end: 'data', data: { id: ID } });
  });
});

describe.each(FACES)('The %s', (face) => {
  test('recovers a GET from transient faults', async () => {
    await using server = await FaultServer.start(reset, respond(503), json(200, { id: ID }));
    expect(await connect(face, server.origin).GET()).toMatchObject({ end: 'data', data: { id: ID } });
    expect(server.count).toBe(3);
  });

  test('recovers a create from 429, with its body', async () => {
    await using server = await FaultServer.start(respond(429), json(200, { id: ID }));
    expect((await connect(face, server.origin).POST({ body: { maxUses: 2 } })).end).toBe('data');
    expect(server.requests.map(({ body }) => body)).toEqual(['{"maxUses":2}', '{"maxUses":2}']);
  });

  test('returns the body of an error status', async () => {
    await using server = await FaultServer.start(json(422, { detail: 'No', field: [1] }));
    expect(await connect(face, server.origin).POST()).toMatchObject({
      status: 422,
      data: { detail: 'No', field: [1] },
    });
  });

  test('sends at most one request with maxRetries 0, and a fraction never adds one', async () => {
    for (const maxRetries of [0, 0.5]) {
      await using server = await FaultServer.start(respond(503));
      await connect(face, server.origin, { maxRetries }).GET();
      expect(server.count).toBe(1);
    }
  });
});

test('What one attempt left unknown stays unknown after an attempt that was refused', async () => {
  await using server = await FaultServer.start(reset, respond(404));
  const error = await failureOf(connect('methods', server.origin).GET());
  expect(error).toMatchObject({ name: 'HttpError', status: 404, outcome: 'unknown' });
});

test('An HTTP error of a method carries what the service said', async () => {
  await using server = await FaultServer.start(json(429, { detail: 'Slow.' }, { 'retry-after': '61' }));
  const error = await failureOf(connect('methods', server.origin).POST());
  expect(error).toMatchObject({ detail: 'Slow.', body: { detail: 'Slow.' }, retryAfter: 61 });
  expect(error.message).toContain('responded with 429: Slow. Wait before the next call.');
});

test.each([
  [401, 'Check that the API key is active'],
  [403, 'has no access'],
  [404, 'Check the ids'],
])('An HTTP error %i says what to do', async (status, advice) => {
  await using server = await FaultServer.start(respond(status));
  expect((await failureOf(connect('methods', server.origin).GET())).message).toContain(advice);
});

describe.each(FACES)('The %s: a success with another type of JSON is refused', (face) => {
  test.each([
    ['204 where JSON is promised', respond(204), 'responded with 204 and no body'],
    ['an array', json(200, []), 'JSON of another type: array; the contract says a JSON object.'],
    ['null', json(200, null), 'JSON of another type: null'],
    ['a string', json(200, 'ok'), 'JSON of another type: string'],
    ['a number', json(200, 7), 'JSON of another type: number'],
  ] as [string, Fault, string][])('%s', async (_, fault, says) => {
    await using server = await FaultServer.start(fault);
    const error = await failureOf(connect(face, server.origin).GET());
    expect(error).toMatchObject({ name: 'InvalidResponseError', outcome: 'unknown', attempts: 1 });
    expect(error.message).toContain(says);
  });
});

test('An operation that the contract marks idempotent is retried', async () => {
  await using server = await FaultServer.start(reset, json(200, {}));
  await methodClient(server.origin).revokeInvitation(ID);
  expect(server.count).toBe(2);
});
