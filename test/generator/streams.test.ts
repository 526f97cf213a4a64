import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readEvents, type ServerEvent } from '../../scripts/runtime/streams.ts';
import { settle, stopClock, useClock } from '../client/clock.ts';
import { collect } from '../helpers/collect.ts';
import { FeatureClients } from './features.ts';

const clients = new FeatureClients(['streams']);

/** How the server responds, and how often it was asked. */
let respond: (response: ServerResponse) => void;
let requests = 0;
const open = new Set<ServerResponse>();
const server = createServer((request, response) => {
  requests++;
  open.add(response.on('close', () => open.delete(response)));
  request.resume().on('end', () => respond(response));
});

useClock();
beforeAll(async () => {
  await Promise.all([clients.write(), once(server.listen(0, '127.0.0.1'), 'listening')]);
});
afterEach(() => {
  requests = 0;
});
afterAll(() => {
  clients.remove();
  server.close();
  server.closeAllConnections();
});

const connect = (options: object = {}) => {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return clients.create('streams', { apiKey: 'secret', baseUrl, ...options });
};

function events(...pieces: string[]): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const piece of pieces) response.write(piece);
    response.end();
  };
}

async function failureOf(items: AsyncIterable<unknown>): Promise<{ error: unknown; before: unknown[] }> {
  const before: unknown[] = [];
  try {
    for await (const item of items) before.push(item);
  } catch (error) {
    return { error, before };
  }
  throw new Error('The stream reached its end.');
}

describe('A method of an operation that streams', () => {
  test('yields each event with its data by the schema', async () => {
    respond = events(
      'event: added\nid: 7\ndata: {"id":1,\ndata: "weight":2}\n\n',
      ': still here\n\ndata: {"id":2}\n\n',
    );
    const client = await connect();
    expect(await collect(client.watchParcels())).toEqual([
      { event: 'added', data: { id: 1, weight: 2 }, id: '7', retry: undefined },
      { event: 'message', data: { id: 2 }, id: '7', retry: undefined },
    ]);
    expect(await collect(client.watchItems())).toHaveLength(2);
    respond = events('data: {not JSON\n\n');
    expect(await collect(client.watchNotes())).toMatchObject([{ data: '{not JSON' }]);
  });

  test('yields the value of each line', async () => {
    respond = (response) =>
      response
        .writeHead(200, { 'content-type': 'application/x-ndjson' })
        .end('{"id":1}\n\r\n{"id":2}\n{"id":3}');
    const client = await connect();
    expect(await collect(client.exportParcels())).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  test('exists in addition to the method for the data if an operation has both', async () => {
    const client = await connect();
    respond = events(
      'data: {"delta":"Fra"}\n\n',
      'data: {"delta":"gile"}\n\n',
      'data: [DONE]\n\n',
      'data: late\n\n',
    );
    const deltas = await collect<ServerEvent<{ delta: string }>>(client.describeLabelStream({ text: 'x' }));
    expect(deltas.map(({ data }) => data.delta).join('')).toBe('Fragile');
    respond = (response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"text":"Fragile"}');
    expect(await client.describeLabel({ text: 'x' })).toEqual({ text: 'Fragile' });
  });

  test('sends nothing before the loop, and a request for each loop', async () => {
    respond = events('data: {"id":1}\n\n');
    const client = await connect();
    const stream = client.watchParcels();
    expect(requests).toBe(0);
    await collect(stream);
    await collect(stream);
    expect(requests).toBe(2);
  });

  test('yields an event before the next one is sent, and disconnects when the loop is left', async () => {
    let sent: ServerResponse | undefined;
    respond = (response) => {
      sent = response;
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {"id":1}\n\n');
    };
    const client = await connect({ maxConcurrent: 1 });
    for await (const { data } of client.watchParcels()) {
      expect(data).toEqual({ id: 1 });
      break;
    }
    if (sent && !sent.closed) await once(sent, 'close');
    // Its place among the requests at once is free again.
    respond = events();
    expect(await collect(client.watchParcels())).toEqual([]);
  });

  test('retries until the stream starts, and never after that', async () => {
    const client = await connect({ maxRetries: 1 });
    respond = (response) => {
      respond = events('data: {"id":1}\n\n');
      response.writeHead(503).end();
    };
    expect(await collect(client.watchParcels())).toHaveLength(1);
    expect(requests).toBe(2);
    requests = 0;
    respond = (response) => {
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .write('data: {"id":1}\n\n', () => response.destroy());
    };
    const { error, before } = await failureOf(client.watchParcels());
    expect(error).toMatchObject({ name: 'ConnectionError', operation: 'watchParcels', outcome: 'unknown' });
    expect(before).toHaveLength(1);
    expect(requests).toBe(1);
  });

  test.each([
    [
      'an error status',
      404,
      'application/json',
      '{"what":"parcel"}',
      { name: 'HttpError', status: 404, body: { what: 'parcel' } },
    ],
    ['another media type', 200, 'text/html', '<p>Hello', { name: 'InvalidResponseError', status: 200 }],
    [
      'an event that is not JSON',
      200,
      'text/event-stream',
      'data: {\n\n',
      { name: 'InvalidResponseError', status: 200 },
    ],
  ])('fails with a typed error for %s', async (_, status, type, body, expected) => {
    respond = (response) => response.writeHead(status, { 'content-type': type }).end(body);
    const { error } = await failureOf((await connect()).watchParcels());
    expect(error).toMatchObject(expected);
    expect(String(error)).toContain('GET /events');
  });

  test('has no items if the response has no body', async () => {
    respond = (response) => response.writeHead(204).end();
    expect(await collect((await connect()).watchParcels())).toEqual([]);
  });
});

describe('The limits of a stream', () => {
  /** Sends an event, then nothing. */
  const silent = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {"id":1}\n\n');
  };

  test('timeout applies to each wait, not to the whole stream', async () => {
    let stream: ServerResponse | undefined;
    respond = (response) => {
      stream = response;
      silent(response);
    };
    const clock = stopClock();
    const items = (await connect()).watchParcels({ timeout: 5_000 })[Symbol.asyncIterator]();
    for (let count = 0; count < 6; count++) {
      expect(await items.next()).toMatchObject({ done: false });
      await clock.pass(4_000);
      stream?.write('data: {"id":1}\n\n');
    }
    expect(await items.next()).toMatchObject({ done: false });
    const failure = (async () => items.next())().catch((error: unknown) => error);
    await settle();
    await clock.pass(5_000);
    expect(await failure).toMatchObject({
      name: 'TimeoutError',
      message: expect.stringContaining('timeout of 5000 ms'),
    });
  });

  test('a slow loop does not count', async () => {
    respond = events('data: {"id":1}\n\n', 'data: {"id":2}\n\n', 'data: {"id":3}\n\n');
    const ids: number[] = [];
    const clock = stopClock();
    for await (const { data } of (await connect()).watchParcels({ timeout: 5_000 })) {
      ids.push(data.id);
      if (ids.length === 1) await clock.pass(10_000);
    }
    expect(ids).toEqual([1, 2, 3]);
  });

  test('totalTimeout applies to the whole stream', async () => {
    respond = silent;
    const clock = stopClock();
    const items = (await connect()).watchParcels({ totalTimeout: 5_000 })[Symbol.asyncIterator]();
    expect(await items.next()).toMatchObject({ done: false });
    const failure = (async () => items.next())().catch((error: unknown) => error);
    await clock.pass(5_000);
    expect(await failure).toMatchObject({
      name: 'TimeoutError',
      message: expect.stringContaining('totalTimeout of 5000 ms'),
    });
  });

  test('the signal ends it', async () => {
    respond = silent;
    const controller = new AbortController();
    const stream = (await connect()).watchParcels({ signal: controller.signal });
    const failure = (async () => {
      for await (const _ of stream) controller.abort();
    })();
    await expect(failure).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('maxResponseBytes applies to each item', async () => {
    const client = await connect({ maxResponseBytes: 100 });
    const small = 'data: {"id":1}\n\n';
    respond = events(small.repeat(50));
    expect(await collect(client.watchParcels())).toHaveLength(50);
    for (const large of [
      `data: ${'x'.repeat(200)}\n\n`,
      `data: ${'x'.repeat(60)}\n`.repeat(3),
      'x'.repeat(200),
    ]) {
      respond = events(small, large);
      const { error, before } = await failureOf(client.watchParcels());
      expect(error).toMatchObject({ name: 'ResponseTooLargeError' });
      expect(before).toHaveLength(1);
    }
  });
});

test('readEvents reads the stream of parseAs: stream', async () => {
  respond = events('data: one\n\n', 'data: two\n\n');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = await clients.createFetch('streams', { apiKey: 'secret', baseUrl });
  const { data } = await api.GET('/events', { parseAs: 'stream' });
  expect((await collect(readEvents(data))).map((event) => event.data)).toEqual(['one', 'two']);
});
