import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { eventually } from './clock.ts';
import { type Fault, FaultServer, json, respond } from './fault-server.ts';
import { CALLS, connect, failureOf, ID, methodClient } from './subject.ts';

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: r-7\r\n';

/** A body without an end. */
const endless: Fault = (socket) => {
  const write = () => {
    while (!socket.destroyed && socket.write(`800\r\n${' '.repeat(0x800)}\r\n`));
  };
  socket.on('drain', write).write(`${head}transfer-encoding: chunked\r\n\r\n`);
  write();
};

const bomb = gzipSync(Buffer.alloc(2 ** 24 + 1, ' '));

describe.each(CALLS)('$kind of the $face', ({ face, kind }) => {
  test('An endless body is not read to its end, and its connection is closed', async () => {
    await using server = await FaultServer.start(endless);
    const error = await failureOf(connect(face, server.origin, { maxResponseBytes: 100_000 })[kind]());
    expect(error).toMatchObject({
      name: 'ResponseTooLargeError',
      outcome: 'unknown',
      attempts: 1,
      status: 200,
      requestId: 'r-7',
    });
    expect(error.message).toContain('maxResponseBytes');
    expect(Object(error).headers.get('x-request-id')).toBe('r-7');
    await eventually(() => expect(server.open).toBe(0));
  });

  test('A few kilobytes that decompress to more than 16 MiB are refused by default', async () => {
    expect(bomb.length).toBeLessThan(20_000);
    await using server = await FaultServer.start(respond(200, bomb, { 'content-encoding': 'gzip' }));
    const error = await failureOf(connect(face, server.origin)[kind]());
    expect(error).toMatchObject({ name: 'ResponseTooLargeError', attempts: 1 });
  });

  test('A body of exactly maxResponseBytes is read, and a call can have its own', async () => {
    await using server = await FaultServer.start(json(200, { id: ID }));
    const size = JSON.stringify({ id: ID }).length;
    const client = connect(face, server.origin, { maxResponseBytes: size });
    expect((await client[kind]()).end).toBe('data');
    expect((await failureOf(client[kind]({ maxResponseBytes: size - 1 }))).name).toBe(
      'ResponseTooLargeError',
    );
  });

  test('An error status keeps its status with a body that is too large', async () => {
    await using server = await FaultServer.start(json(404, { detail: 'x'.repeat(1000) }));
    const settled = await connect(face, server.origin, { maxResponseBytes: 100 })[kind]();
    expect(settled).toMatchObject({ end: 'HttpError', status: 404, data: undefined });
  });
});

describe.each(CALLS)('$kind of the $face', ({ face, kind }) => {
  const deep = '['.repeat(20_000) + ']'.repeat(20_000);

  test.each([
    [400, deep],
    [503, `{"detail":${deep}}`],
    [201, deep],
    [201, `{"id":${deep}}`],
    [201, '['.repeat(20_000)],
  ])('Deeply nested JSON with %i ends in data or an error of the client', async (status, body) => {
    await using server = await FaultServer.start(respond(status, body));
    const { end } = await connect(face, server.origin, { maxRetries: 0 })[kind]();
    expect(end).toMatch(status === 201 ? /^(data|InvalidResponseError)$/ : /^HttpError$/);
  });
});

test('Deeply nested JSON ends in a result as well', async () => {
  const deep = '['.repeat(20_000) + ']'.repeat(20_000);
  await using server = await FaultServer.start(respond(400, deep));
  const result = await methodClient(server.origin).getConnection(ID).result();
  expect(result).toMatchObject({ ok: false, error: { name: 'HttpError', status: 400, outcome: 'rejected' } });
});
