import {
  ApiClientError,
  createTransport,
  InvalidInputError,
  isApiClientError,
  isErrorOf,
} from 'nectar-openapi';
import { describe, expect, test } from 'vitest';
import { FaultServer, json, respond } from './fault-server.ts';
import { connect, errorOf, FACES, failureOf, ID, KEY, methodClient } from './subject.ts';

test('The JSON of an error describes it, including headers, without the key', async () => {
  const headers = { 'x-request-id': 'r-42', 'x-echo': KEY, 'retry-after': '90' };
  await using server = await FaultServer.start(json(429, { detail: 'Slow' }, headers));
  const error = await failureOf(connect('methods', server.origin).POST());
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'HttpError',
    message: error.message,
    operation: 'createReconnectInvitation',
    method: 'POST',
    path: '/invitation/connection/{connection_id}',
    attempts: 1,
    outcome: 'rejected',
    requestId: 'r-42',
    status: 429,
    body: { detail: 'Slow' },
    detail: 'Slow',
    retryAfter: 90,
    headers: {
      'content-length': '17',
      'content-type': 'application/json',
      'retry-after': '90',
      'x-echo': '[API key]',
      'x-request-id': 'r-42',
    },
  });
  expect(error.message).toMatch(/ Request id: r-42\.$/);
});

describe.each(FACES)('The request id of the %s', (face) => {
  test.each([
    [{ 'x-request-id': 'a', 'cf-ray': 'b' }, 'a'],
    [{ 'request-id': 'a', 'x-correlation-id': 'b' }, 'a'],
    [{ 'x-correlation-id': 'a' }, 'a'],
    [{ 'x-amzn-requestid': 'a' }, 'a'],
    [{ 'cf-ray': 'a' }, 'a'],
    [{ 'x-request-id': '', 'cf-ray': 'a' }, 'a'],
    [{ 'x-request-id': `a${KEY}` }, 'a[API key]'],
    [{ 'x-request-id': 'x'.repeat(200) }, `${'x'.repeat(99)}…`],
    [{ 'x-other': 'a' }, undefined],
  ] as [Record<string, string>, string | undefined][])('of %j is %s', async (headers, requestId) => {
    await using server = await FaultServer.start(respond(200, '<html>', headers));
    const error = await failureOf(connect(face, server.origin).GET());
    expect(error.requestId).toBe(requestId);
    expect(error.message.includes('Request id')).toBe(requestId !== undefined);
  });

  test('comes from the last response', async () => {
    await using server = await FaultServer.start(
      respond(503, '', { 'x-request-id': 'first' }),
      respond(200, '', { 'x-request-id': 'second' }),
    );
    const error = await failureOf(connect(face, server.origin, { maxRetries: 1 }).GET());
    expect(error.requestId).toBe('second');
  });
});

describe('The message of an HTTP error', () => {
  async function messageOf(body: string): Promise<string> {
    await using server = await FaultServer.start(respond(400, body));
    const { message } = await failureOf(connect('methods', server.origin).POST());
    return message.replace(/^POST \S+ responded with 400/, '');
  }

  test.each([
    [
      'is one line without control characters',
      '{"detail":"a\\nb\\r\\u0000\\u001b[31mc\\u2028d\\u202ee"}',
      ': a b [31mc d e.',
    ],
    ['does not end in two full stops', '{"detail":"No."}', ': No.'],
    ['keeps a question', '{"detail":"Why?"}', ': Why?'],
    ['quotes a body without detail', '{"errors":[{"message":"Bad"}]}', ': {"errors":[{"message":"Bad"}]}.'],
    ['quotes text', 'Bad gateway', ': Bad gateway.'],
    ['says nothing where nothing was said', '', '.'],
    ['says nothing where the detail is empty', '{"detail":""}', '.'],
    [
      'leaves out what is secret',
      '{"invitationUrl":"https://a/b","x":[{"token":"t"}]}',
      ': {"invitationUrl":"[secret]","x":[{"token":"[secret]"}]}.',
    ],
    ['takes no detail of another kind', '{"detail":{"a":1}}', ': {"detail":{"a":1}}.'],
  ])('%s', async (_, body, rest) => {
    expect(await messageOf(body)).toBe(rest);
  });

  test('is bounded, whatever the service says', async () => {
    for (const long of [JSON.stringify({ detail: 'x'.repeat(5_000_000) }), 'y'.repeat(5_000_000)])
      expect((await messageOf(long)).length).toBeLessThan(320);
  });
});

test('The body of a success is not quoted, as it can contain a link that is a credential', async () => {
  await using server = await FaultServer.start(
    respond(201, '"https://app.example/invite/very-secret"'),
    respond(201, 'https://app.example/invite/very-secret'),
  );
  const client = connect('methods', server.origin);
  for (const form of ['string', 'not JSON']) {
    const error = await failureOf(client.POST());
    expect(error.message).toContain(form);
    expect(JSON.stringify(error)).not.toContain('very-secret');
  }
});

test('isErrorOf only accepts errors of its own service', async () => {
  await using server = await FaultServer.start(respond(404));
  const error = await errorOf(methodClient(server.origin).ping());
  expect([isErrorOf(error, 'ping'), isErrorOf(error, 'getInvitation')]).toEqual([true, false]);
  // A client of another contract, which has a ping as well.
  class OtherError extends ApiClientError {}
  const context = { service: 'Another API', operation: 'ping', method: 'GET', path: '/ping' };
  const other = new OtherError('failed.', { ...context, attempts: 1, outcome: 'unknown' });
  expect([isApiClientError(other), isErrorOf(other, 'ping')]).toEqual([false, false]);
});

test.each([null, undefined, 7, 'ping', Symbol('s'), hostile()])('%s is not an error of a client', (value) => {
  expect(isApiClientError(value)).toBe(false);
});

function hostile(): object {
  const toPrimitive = () => 'A hostile value';
  return new Proxy(
    {},
    {
      get: (_, name) => {
        if (name === Symbol.toPrimitive || name === 'toString') return toPrimitive;
        throw new Error('No.');
      },
    },
  );
}

test('An error of an option belongs to no call, and says so', () => {
  let error: unknown;
  try {
    createTransport({ apiKey: KEY, timeout: -1 });
  } catch (thrown) {
    error = thrown;
  }
  expect(isApiClientError(error)).toBe(true);
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({ method: undefined, operation: undefined, attempts: 0, outcome: 'not-sent' });
});

test('An error of a call knows its operation with methods, and its path with each client', async () => {
  const options = { apiKey: () => Promise.reject(new Error('No key.')) };
  const path = '/connection/{connection_id}/details';
  const errors = await Promise.all(
    FACES.map((face) => failureOf(connect(face, 'https://example.com', options).GET())),
  );
  expect(errors).toMatchObject([
    { operation: 'getConnection', method: 'GET', path },
    { operation: undefined, method: 'GET', path },
  ]);
  expect(ID).toBeTruthy();
});
