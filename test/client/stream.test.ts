import { getEventListeners } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { type Clock, eventually, requestsAt, settle, stopClock, useClock } from './clock.ts';
import { type Fault, FaultServer, json, respond, stall } from './fault-server.ts';
import { errorOf, fetchClient, ID, KEY } from './subject.ts';

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';

useClock();

function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

/** Sends the head and a first piece; the rest is for the test to send. */
function begin(onSocket: (socket: Socket) => void): Fault {
  return (socket) => {
    socket.write(head + chunk('first'));
    onSocket(socket);
  };
}

async function openStream(
  api: ReturnType<typeof fetchClient>,
  options = {},
): Promise<ReadableStream<Uint8Array>> {
  const params = { path: { connection_id: ID } };
  const { data } = await api.GET('/connection/{connection_id}/details', {
    params,
    parseAs: 'stream',
    ...options,
  });
  if (!data) throw new Error('There is no stream.');
  return data;
}

async function readPiece(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string | undefined> {
  const { value } = await reader.read();
  return value && new TextDecoder().decode(value);
}

test('The first chunk arrives before the last is sent', async () => {
  let socket: Socket | undefined;
  await using server = await FaultServer.start(begin((opened) => (socket = opened)));
  const reader = (await openStream(fetchClient(server.origin))).getReader();
  expect(await readPiece(reader)).toBe('first');
  socket?.write(chunk('second'));
  expect(await readPiece(reader)).toBe('second');
  socket?.write('0\r\n\r\n');
  expect(await readPiece(reader)).toBeUndefined();
});

describe('A stream that does not reach its end fails with an error of the client', () => {
  /** @param then what happens once the first piece was read */
  async function failureAfterFirst(
    fault: Fault,
    limits: object,
    then: (clock: Clock, abort: () => void) => unknown,
  ): Promise<unknown> {
    const controller = new AbortController();
    await using server = await FaultServer.start(fault);
    const clock = stopClock();
    const opening = openStream(fetchClient(server.origin), { signal: controller.signal, ...limits });
    await requestsAt(server, 1);
    const reader = (await opening).getReader();
    await readPiece(reader);
    const failure = errorOf(reader.read());
    await then(clock, () => controller.abort());
    const error = await failure;
    vi.useRealTimers();
    await eventually(() => expect(server.open).toBe(0));
    return error;
  }

  const stalled = begin(() => {});
  let socket: Socket | undefined;
  const held = begin((opened) => (socket = opened));

  test.each<[string, Fault, object, Parameters<typeof failureAfterFirst>[2], object]>([
    ['lost connection', held, {}, () => socket?.resetAndDestroy(), { name: 'ConnectionError' }],
    ['timeout', stalled, { timeout: 5_000 }, (clock) => clock.pass(5_000), { name: 'TimeoutError' }],
    [
      'totalTimeout',
      stalled,
      { totalTimeout: 5_000 },
      (clock) => clock.pass(5_000),
      { name: 'TimeoutError' },
    ],
    ['abort', stalled, {}, (_, abort) => abort(), { name: 'AbortError' }],
    [
      'size beyond maxResponseBytes',
      held,
      { maxResponseBytes: 12 },
      () => socket?.write(chunk('too much')),
      { name: 'ResponseTooLargeError', status: 200 },
    ],
  ])('%s', async (_, fault, options, then, expected) => {
    expect(await failureAfterFirst(fault, options, then)).toMatchObject({
      ...expected,
      outcome: 'unknown',
      attempts: 1,
      path: '/connection/{connection_id}/details',
    });
  });
});

test('A stream has no size limit by default', async () => {
  await using server = await FaultServer.start(respond(200, Buffer.alloc(2 ** 24 + 1)));
  let size = 0;
  for await (const piece of await openStream(fetchClient(server.origin))) size += piece.byteLength;
  expect(size).toBe(2 ** 24 + 1);
});

describe('A stream counts as a concurrent request', () => {
  type Api = Awaited<ReturnType<typeof oneAtOnce>>;

  /** Whether another call gets through, or waits in the queue until the test gives it up. */
  async function placeIsFree({ client, sent }: Api): Promise<boolean> {
    const before = sent();
    const controller = new AbortController();
    const params = { path: { company_id: ID } };
    const call = client.GET('/invitation/company/{company_id}', { params, signal: controller.signal });
    await settle();
    const isFree = sent() > before;
    if (!isFree) controller.abort();
    await call.catch(() => {});
    return isFree;
  }

  test('until its end', async () => {
    let socket: Socket | undefined;
    const api = await oneAtOnce(begin((opened) => (socket = opened)));
    const reader = (await openStream(api.client)).getReader();
    expect(await placeIsFree(api)).toBe(false);
    socket?.write('0\r\n\r\n');
    while (await readPiece(reader));
    expect(await placeIsFree(api)).toBe(true);
    await api.server[Symbol.asyncDispose]();
  });

  test.each<[string, (stream: ReadableStream<Uint8Array>) => unknown]>([
    ['until it is cancelled', (stream) => stream.cancel()],
    [
      'until a loop over it is left',
      async (stream) => {
        for await (const _ of stream) break;
      },
    ],
  ])('%s, which closes its connection', async (_, leave) => {
    const api = await oneAtOnce(begin(() => {}));
    const stream = await openStream(api.client);
    expect(await placeIsFree(api)).toBe(false);
    await leave(stream);
    expect(await placeIsFree(api)).toBe(true);
    await eventually(() => expect(api.server.waiting).toBe(0));
    await api.server[Symbol.asyncDispose]();
  });

  test('until its timeout, even if nobody reads it', async () => {
    const api = await oneAtOnce(begin(() => {}));
    const clock = stopClock();
    const opening = openStream(api.client, { timeout: 5_000 });
    await requestsAt(api.server, 1);
    const stream = await opening;
    expect(await placeIsFree(api)).toBe(false);
    await clock.pass(5_000);
    expect(await placeIsFree(api)).toBe(true);
    expect(await errorOf(stream.getReader().read())).toMatchObject({ name: 'TimeoutError' });
    await api.server[Symbol.asyncDispose]();
  });

  test('and frees only one slot', async () => {
    let respondToNext = () => {};
    const hold: Fault = (socket, request) => {
      respondToNext = () => json(200, {})(socket, request);
    };
    await using server = await FaultServer.start(
      begin((socket) => socket.write('0\r\n\r\n')),
      hold,
    );
    const client = fetchClient(server.origin, { maxConcurrent: 1 });
    const stream = await openStream(client);
    for await (const _ of stream);
    await stream.cancel();
    const params = { path: { company_id: ID } };
    const calls = [1, 2, 3].map(() => client.GET('/invitation/company/{company_id}', { params }));
    for (const request of [2, 3, 4]) {
      await requestsAt(server, request);
      expect(server.count).toBe(request);
      respondToNext();
    }
    await Promise.all(calls);
  });

  /** A client of one request at once, with how many it has passed to fetch. */
  async function oneAtOnce(fault: Fault) {
    const server = await FaultServer.start(fault, json(200, {}));
    let sent = 0;
    const send: typeof fetch = (...request) => {
      sent++;
      return fetch(...request);
    };
    const client = fetchClient(server.origin, { maxConcurrent: 1, maxRetries: 0, fetch: send as never });
    return { server, client, sent: () => sent };
  }
});

test('An error status is not a stream, and empty bodies end at once', async () => {
  await using server = await FaultServer.start(json(404, { detail: 'No' }), respond(204), respond(200));
  const api = fetchClient(server.origin, { maxConcurrent: 1 });
  const call = { params: { path: { connection_id: ID } }, parseAs: 'stream' } as const;
  const results = [];
  for (let each = 0; each < 3; each++)
    results.push(await api.GET('/connection/{connection_id}/details', call));
  expect(results.map(({ error, response }) => [response.status, error])).toEqual([
    [404, { detail: 'No' }],
    [204, undefined],
    [200, undefined],
  ]);
});

test('A stream removes its listener from the signal', async () => {
  const { signal } = new AbortController();
  await using server = await FaultServer.start(
    begin((socket) => socket.write('0\r\n\r\n')),
    begin(() => {}),
  );
  const api = fetchClient(server.origin);
  for await (const _ of await openStream(api, { signal }));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  const stream = await openStream(api, { signal });
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await stream.cancel();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('A create whose stream breaks is not retried', async () => {
  await using server = await FaultServer.start(stall);
  const clock = stopClock();
  const api = fetchClient(server.origin, { timeout: 3_000, apiKey: KEY });
  const params = { path: { connection_id: ID } };
  const path = '/invitation/connection/{connection_id}';
  const failure = errorOf(api.POST(path, { params, body: {}, parseAs: 'stream' }));
  await requestsAt(server, 1);
  await clock.pass(3_000);
  const error = await failure;
  expect(error).toMatchObject({ name: 'TimeoutError', outcome: 'unknown', attempts: 1 });
});

test('The other values of parseAs return text, bytes and a Blob', async () => {
  await using server = await FaultServer.start(respond(200, 'ok', { 'content-type': 'text/plain' }));
  const api = fetchClient(server.origin);
  const params = { path: { connection_id: ID } };
  const path = '/connection/{connection_id}/details';
  expect((await api.GET(path, { params, parseAs: 'text' })).data).toBe('ok');
  expect((await api.GET(path, { params, parseAs: 'arrayBuffer' })).data?.byteLength).toBe(2);
  const blob = (await api.GET(path, { params, parseAs: 'blob' })).data;
  expect([blob?.size, blob?.type]).toEqual([2, 'text/plain']);
});
