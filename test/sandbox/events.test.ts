import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unwrap } from 'nectar-openapi/webhooks';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { start } from './start.ts';

describe('events', () => {
  test('are signed like those of Svix, and sent again on its schedule until they are accepted', async () => {
    let status = 500;
    const received: { id: string; event: { eventType?: unknown; status?: unknown } }[] = [];
    const secret = 'whsec_dGhpcyBvbmUgaXMgZm9yIHRlc3RzIGFsb25l';
    const { sandbox, broken } = start({
      receiver: {
        url: 'https://receiver.invalid',
        secret,
        fetch: async (_, init) => {
          const headers = new Headers(init?.headers);
          const event = unwrap(String(init?.body), headers, secret);
          received.push({ id: headers.get('svix-id') ?? '', event: event as never });
          return new Response(null, { status });
        },
      },
    });
    await sandbox.setStatus(broken, 'CONNECTED');
    expect(received.map(({ event }) => event)).toMatchObject([
      {
        eventType: 'connection.updated.v2',
        status: 'CONNECTED',
        protectedChanges: ['status'],
        old: { status: 'PASSWORD_INCORRECT' },
      },
      { eventType: 'connection.validated.v2', status: 'CONNECTED' },
    ]);
    for (const [index, pause] of [5, 300, 1800, 7200, 18_000, 36_000, 36_000].entries()) {
      await sandbox.clock.advance({ seconds: pause - 1 });
      expect(received).toHaveLength(2 * (index + 1));
      await sandbox.clock.advance({ seconds: 1 });
      expect(received).toHaveLength(2 * (index + 2));
    }
    // Given up.
    await sandbox.clock.advance({ days: 30 });
    expect(received).toHaveLength(16);

    status = 204;
    const [{ id = '' } = {}] = sandbox.events();
    await sandbox.sendAgain(id);
    expect(received.at(-1)?.id).toBe(id);
    expect(sandbox.events()[0]?.attempts.at(-1)).toMatchObject({ result: '204', delivered: true });
    expect(new Set(received.map((each) => each.id)).size).toBe(2);
  });

  test('do not follow a redirect', async () => {
    const requests: string[] = [];
    await using other = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      if (request.url === '/hook') response.writeHead(302, { location: '/elsewhere' });
      response.end();
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { sandbox, broken } = start({ receiver: { url: `http://127.0.0.1:${port}/hook` } });
    await sandbox.setStatus(broken, 'WEBSITE_DOWN');
    expect(new Set(requests)).toEqual(new Set(['POST /hook']));
    expect(sandbox.events()[0]?.attempts).toMatchObject([{ result: '302', delivered: false }]);
  });

  test('wait 15 seconds for a receiver', async () => {
    const { signal, ...limit } = limited();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(signal);
    onTestFinished(() => timeout.mockRestore());
    const { sandbox, broken } = start({
      receiver: {
        url: 'https://receiver.invalid',
        fetch: async (_, init) => {
          limit.end();
          throw init?.signal?.reason;
        },
      },
    });
    await sandbox.setStatus(broken, 'WEBSITE_DOWN');
    expect(timeout).toHaveBeenCalledWith(15_000);
    expect(sandbox.events()[0]?.attempts).toMatchObject([
      { result: 'no response within 15 s', delivered: false },
    ]);
  });

  test('that are sent again while they are pending are delivered twice', async () => {
    const responses: ((response: Response) => void)[] = [];
    const { sandbox, broken } = start();
    await sandbox.setStatus(broken, 'CONNECTED');
    const [{ id = '' } = {}] = sandbox.events();
    const delivered = sandbox.setReceiver({
      url: 'https://receiver.invalid',
      fetch: () => new Promise((resolve) => responses.push(resolve)),
    });
    await sandbox.sendAgain(id);
    for (const respond of responses) respond(new Response());
    await delivered;
    const again = sandbox.deliver();
    for (const respond of responses) respond(new Response());
    await again;
    expect(sandbox.events().map(({ attempts }) => attempts.length)).toEqual([2, 1]);
    expect(sandbox.events().map(({ dueAt }) => dueAt)).toEqual([null, null]);
  });

  test('wait for a receiver', async () => {
    const { sandbox, broken } = start();
    await sandbox.setStatus(broken, 'CONNECTED');
    const ids: string[] = [];
    await sandbox.setReceiver({
      url: 'https://receiver.invalid',
      fetch: async (_, init) => {
        ids.push(new Headers(init?.headers).get('svix-id') ?? '');
        return new Response();
      },
    });
    expect(ids).toEqual(sandbox.events().map(({ id }) => id));
  });
});

/** A signal that ends as one of `AbortSignal.timeout` does, when the test says so. */
function limited() {
  const controller = new AbortController();
  const end = () => controller.abort(new DOMException('The operation timed out.', 'TimeoutError'));
  return { signal: controller.signal, end };
}
