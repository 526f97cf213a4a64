import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  answer,
  deadOrigin,
  drip,
  type Fault,
  FaultServer,
  hangUp,
  json,
  malformed,
  partial,
  reset,
  stall,
} from './fault-server.ts';
import { connect, fail, ID, KINDS } from './subject.ts';

interface Expectation {
  name: string;
  fault: Fault;
  error: string;
  /** For GET and for POST. */
  outcome: [string, string];
  requests: [number, number];
  says: string;
}

const unknown: [string, string] = ['unknown', 'unknown'];
const rejected: [string, string] = ['rejected', 'rejected'];

const lost: Expectation[] = [
  { name: 'a reset before the headers', fault: reset, says: 'lost its connection' },
  { name: 'a hang-up before the headers', fault: hangUp, says: 'lost its connection' },
  { name: 'a reset in the body', fault: partial(200, reset), says: 'lost its connection' },
  { name: 'a hang-up before Content-Length is reached', fault: partial(200, hangUp), says: 'lost' },
  { name: 'an answer that is no HTTP', fault: malformed, says: 'lost its connection' },
  {
    name: 'gzip that is none',
    fault: answer(200, 'no gzip', { 'content-encoding': 'gzip' }),
    says: 'lost its connection',
  },
].map((each) => ({ ...each, error: 'ConnectionError', outcome: unknown, requests: [3, 1] }));

const stalled: Expectation[] = [
  { name: 'a stall before the headers', fault: stall },
  { name: 'a stall in the body', fault: partial(200, stall) },
  { name: 'a slow drip', fault: drip },
].map((each) => ({
  ...each,
  error: 'TimeoutError',
  outcome: unknown,
  requests: [3, 1],
  says: 'timeout of 80 ms',
}));

const unreadable: Expectation[] = [
  { name: 'truncated JSON', fault: answer(200, '{"id": "3f2'), says: 'something else: {"id": "3f2' },
  {
    name: 'a Content-Length that is too short',
    fault: answer(200, '{"id": 1}', { 'content-length': '4', connection: 'close' }),
    says: 'something else: {"id',
  },
  {
    name: 'HTML with 200',
    fault: answer(200, `<html>${'x'.repeat(500)}`, { 'content-type': 'text/html' }),
    says: '<html>',
  },
  { name: 'an empty 200', fault: answer(200), says: 'an empty body' },
  { name: '204 where JSON is promised', fault: answer(204), says: 'answered 204' },
  { name: 'an array where an object is promised', fault: json(200, []), says: 'a JSON object' },
  { name: 'null where an object is promised', fault: json(200, null), says: 'something else: null' },
].map((each) => ({ ...each, error: 'InvalidResponseError', outcome: unknown, requests: [1, 1] }));

const refusals: Expectation[] = [400, 401, 403, 404, 409, 422].map((status) => ({
  name: `${status}`,
  fault: json(status, { detail: 'No' }),
  error: 'HttpError',
  outcome: rejected,
  requests: [1, 1],
  says: `answered ${status}: No.`,
}));

const passing: Expectation[] = [500, 502, 503, 504, 408].map((status) => ({
  name: `${status}`,
  fault: json(status, { detail: 'Later' }),
  error: 'HttpError',
  outcome: unknown,
  requests: [3, 1],
  says: `answered ${status}: Later.`,
}));

const others: Expectation[] = [
  { ...refusals[0], name: '429', fault: answer(429), requests: [3, 3], says: 'Wait before' } as Expectation,
  { ...passing[0], name: 'an empty 503', fault: answer(503), says: 'answered 503.' } as Expectation,
  { ...passing[0], name: 'a 503 whose body breaks', fault: partial(503, reset), says: '503.' } as Expectation,
  { ...passing[0], name: '501', fault: answer(501), requests: [1, 1], says: '501' } as Expectation,
];

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(KINDS)('%s', (kind) => {
  const index = KINDS.indexOf(kind);

  test.each([
    ...lost,
    ...stalled,
    ...unreadable,
    ...refusals,
    ...passing,
    ...others,
  ])('tells of $name', async ({ fault, error: name, outcome, requests, says }) => {
    await using server = await FaultServer.start(fault);
    const timeout = name === 'TimeoutError' ? 80 : 10_000;
    const error = await fail(connect(server.origin, { timeout }), kind);
    expect({ name: error.name, outcome: error.outcome, requests: server.count }).toEqual({
      name,
      outcome: outcome[index],
      requests: requests[index],
    });
    expect(error.attempts).toBe(requests[index]);
    expect(error.message).toContain(says);
    expect(error.message).toMatch(/^(GET|POST) \/\w+\/.*\{connection_id\}/);
    expect(error.message.length).toBeLessThan(500);
    const unsure = kind === 'POST' && error.outcome === 'unknown';
    expect(error.message.includes('look before you repeat')).toBe(unsure);
  });

  test('tells of a refused connection, and may repeat it', async () => {
    const error = await fail(connect(await deadOrigin()), kind);
    expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'not-sent', attempts: 3 });
    expect(error.message).toContain('could not connect');
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  test('tells of a host that does not exist', async () => {
    // Ill-formed, so no name server is asked.
    const error = await fail(connect('https://nowhere..localhost', { maxRetries: 1 }), kind);
    expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'not-sent', attempts: 2 });
  });

  test('reads a gzipped answer', async () => {
    const body = gzipSync(JSON.stringify({ id: ID }));
    await using server = await FaultServer.start(answer(200, body, { 'content-encoding': 'gzip' }));
    const client = connect(server.origin);
    const data = kind === 'GET' ? await client.getConnection(ID) : await client.createReconnectInvitation(ID);
    expect(data).toEqual({ id: ID });
  });
});

test('A GET recovers from faults that pass', async () => {
  await using server = await FaultServer.start(reset, answer(503), json(200, { id: ID }));
  expect(await connect(server.origin).getConnection(ID)).toEqual({ id: ID });
  expect(server.count).toBe(3);
});

test('A create recovers from 429', async () => {
  await using server = await FaultServer.start(answer(429), json(200, { id: ID }));
  expect(await connect(server.origin).createReconnectInvitation(ID)).toEqual({ id: ID });
  expect(server.count).toBe(2);
});

test('What one try left unknown stays unknown after a try that was refused', async () => {
  await using server = await FaultServer.start(reset, answer(404));
  const error = await fail(connect(server.origin), 'GET');
  expect(error).toMatchObject({ name: 'HttpError', status: 404, outcome: 'unknown' });
});

test('An operation that the contract marks idempotent is repeated', async () => {
  await using server = await FaultServer.start(reset, json(200, {}));
  await connect(server.origin).revokeInvitation(ID);
  expect(server.count).toBe(2);
});

test('maxRetries 0 means one request, and a fraction never adds one', async () => {
  for (const maxRetries of [0, 0.5]) {
    await using server = await FaultServer.start(answer(503));
    await fail(connect(server.origin, { maxRetries }), 'GET');
    expect(server.count).toBe(1);
  }
});

test('Where the contract promises nothing of the body, null stays null and text stays text', async () => {
  await using server = await FaultServer.start(json(200, null), answer(200, 'pong'), answer(200));
  const client = connect(server.origin);
  expect([await client.ping(), await client.ping(), await client.ping()]).toEqual([null, 'pong', undefined]);
});
