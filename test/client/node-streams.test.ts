import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connect, FACES, failureOf, fetchClient, methodClient } from './subject.ts';

/** A `fetch` whose responses have streams of Node, as those of node-fetch. */
const nodeFetch = (url: string, init: RequestInit) =>
  new Promise<Response>((resolve, reject) => {
    const sent = request(
      url,
      { method: init.method, headers: init.headers as Record<string, string> },
      (found) => {
        const headers = new Headers({
          'content-type': 'application/json',
          location: found.headers.location ?? '',
        });
        const status = found.statusCode ?? 0;
        const response = {
          status,
          ok: status < 300,
          headers,
          body: found,
          arrayBuffer: () => Promise.reject(new Error('Not this way.')),
        };
        resolve(response as unknown as Response);
      },
    );
    sent.on('error', reject).end(init.body as string);
  });

/** A server that writes without end, and how much of it was taken. */
async function startEndless(status: number, headers: Record<string, string>) {
  let closed: () => void = () => {};
  const ended = new Promise<void>((resolve) => (closed = resolve));
  let bytes = 0;
  const server = createServer((_, response) => {
    response.writeHead(status, headers);
    response.on('close', closed);
    const write = () => {
      while (response.write(Buffer.alloc(64 * 1024, '1'))) bytes += 64 * 1024;
      response.once('drain', write);
    };
    write();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ended, taken: () => bytes };
}

test.each(FACES)(
  '%s: no more is read of a stream of Node than maxResponseBytes, and it is closed',
  async (face) => {
    const { url, ended, taken } = await startEndless(200, { 'content-type': 'application/json' });
    const client = connect(face, url, {
      fetch: nodeFetch as never,
      maxResponseBytes: 64 * 1024,
      maxRetries: 0,
    });
    expect(await failureOf(client.GET())).toMatchObject({ name: 'ResponseTooLargeError' });
    await ended;
    expect(taken()).toBeLessThan(32 * 1024 * 1024);
  },
);

test.each(FACES)(
  '%s: the stream of Node of a redirect is closed, whose target is named once',
  async (face) => {
    const { url, ended } = await startEndless(302, { location: '/elsewhere' });
    const error = await failureOf(connect(face, url, { fetch: nodeFetch as never }).GET());
    expect(error.message).toContain(`from ${url} to another address there.`);
    await ended;
  },
);

test.each(['http://x.localhost:4010', 'http://localhost.example'])('%s is not on this machine', (baseUrl) => {
  for (const create of [methodClient, fetchClient])
    expect(() => create(baseUrl)).toThrow('must be an absolute https URL');
});
