import type { Fetch } from 'nectar-openapi';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deadOrigin, FaultServer, json, respond } from './fault-server.ts';
import { connect, FACES, failureOf, ID } from './subject.ts';

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

function refusal(): Error {
  const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED' });
  return new TypeError('fetch failed', { cause });
}

/** A body that breaks as if its connection had been refused. */
function brokenStream(): ReadableStream {
  return new ReadableStream({ pull: (controller) => controller.error(refusal()) });
}

/** Each sends the create and then fails with what looks as if nothing had been sent. */
const lateFailures: [string, Fetch][] = [
  [
    'returns a response whose body breaks',
    async (url, init) => {
      const response = await fetch(url, init);
      await response.text();
      return new Response(brokenStream(), response);
    },
  ],
  [
    'cannot reach its log collector afterwards',
    async (url, init) => {
      const response = await fetch(url, init);
      await fetch(await deadOrigin());
      return response;
    },
  ],
  [
    'fails over to an address that is down',
    async (url, init) => {
      await fetch(url, init);
      return await fetch((await deadOrigin()) + new URL(url).pathname, init);
    },
  ],
  [
    'throws the error of another call',
    async (url, init) => {
      await fetch(url, init);
      throw refusal();
    },
  ],
];

describe.each(FACES)('%s', (face) => {
  test.each(lateFailures)(
    'A fetch that %s leaves the outcome of a create unknown, and it is not retried',
    async (_, send) => {
      await using server = await FaultServer.start(json(201, { id: ID }));
      const error = await failureOf(connect(face, server.origin, { fetch: send }).POST());
      expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'unknown', attempts: 1 });
      expect(server.count).toBe(1);
    },
  );

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'ok'],
    ['an object without headers', { status: 200 }],
    ['an object whose headers are none', { status: 200, ok: true, headers: {} }],
    ['a response whose status is a string', { status: '200', headers: new Headers() }],
  ])('A fetch that returns %s is an error', async (_, value) => {
    const send = async () => value as unknown as Response;
    const error = await failureOf(connect(face, 'https://example.com', { fetch: send }).POST());
    expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'unknown', attempts: 1 });
    expect(error.cause).toMatchObject({ message: 'fetch did not return a Response.' });
  });

  test('A fetch that throws at once is like one that rejects', async () => {
    const send = () => {
      throw new Error('Not today.');
    };
    const error = await failureOf(connect(face, 'https://example.com', { fetch: send }).POST());
    expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'unknown', attempts: 1 });
    expect(error.cause).toMatchObject({ message: 'Not today.' });
  });

  test('A response without a standard stream is read', async () => {
    const text = JSON.stringify({ id: ID });
    const nodeFetchLike = {
      status: 200,
      statusText: 'OK',
      ok: true,
      url: 'https://example.com/',
      headers: new Headers({ 'content-type': 'application/json' }),
      body: { on() {}, pipe() {} },
      arrayBuffer: async () => new TextEncoder().encode(text).buffer,
      text: async () => text,
    };
    const send = async () => nodeFetchLike as object as Response;
    const client = connect(face, 'https://example.com', { fetch: send });
    expect(await client.POST()).toMatchObject({ end: 'data', data: { id: ID } });
    expect((await failureOf(client.POST({ maxResponseBytes: 5 }))).name).toBe('ResponseTooLargeError');
  });

  test('It gets the URL and options of fetch', async () => {
    const calls: [string, RequestInit][] = [];
    const send: Fetch = async (url, init) => {
      calls.push([url, init]);
      return Response.json({ id: ID });
    };
    const fetchOptions = { keepalive: true, redirect: 'follow', method: 'DELETE', body: 'x', signal: null };
    await connect(face, 'https://example.com/v2/', { fetch: send, fetchOptions }).POST();
    expect(calls).toMatchObject([
      [
        `https://example.com/v2/invitation/connection/${ID}`,
        { method: 'POST', redirect: 'manual', keepalive: true, signal: expect.any(AbortSignal) },
      ],
    ]);
    expect(await new Response(calls[0]?.[1].body).text()).toBe('{"maxUses":1}');
    expect(calls[0]?.[1]).not.toHaveProperty('dispatcher');
  });

  test('Statuses and reasons that HTTP allows and Response does not are passed on', async () => {
    await using server = await FaultServer.start(
      (socket) => socket.write('HTTP/1.1 700 gr\xfcn\r\ncontent-length: 2\r\n\r\n{}'),
      respond(999),
    );
    const client = connect(face, server.origin, { maxRetries: 0 });
    expect(await client.POST()).toMatchObject({ end: 'HttpError', status: 700 });
  });
});
