import { createClient, createFetchClient, createTransport } from 'nectar-openapi';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { requestsAt, settle, stopClock, useClock } from './clock.ts';
import { deadOrigin, type Fault, FaultServer, HeldResponses, json, respond } from './fault-server.ts';
import { connect, FACES, fetchSubject, ID, KEY, methodSubject } from './subject.ts';

useClock();
afterEach(() => {
  vi.restoreAllMocks();
});

/** Throttles the first request, and responds to the others. */
function throttleFirst(retryAfter: string): Fault[] {
  return [respond(429, '', { 'retry-after': retryAfter }), json(200, { id: ID })];
}

describe.each(FACES)('%s', (face) => {
  test('After Retry-After every other call waits as well, and they are not all sent at the same moment', async () => {
    await using server = await FaultServer.start(...throttleFirst('1'));
    const observe = vi.fn();
    const clock = stopClock();
    const client = connect(face, server.origin, { observe });
    const first = client.POST();
    await requestsAt(server, 1);
    // The client has read the response to the first request.
    while (observe.mock.calls.length === 0) await settle();
    const rest = Array.from({ length: 9 }, () => client.GET());
    await clock.pass(999);
    expect(server.count).toBe(1);
    await clock.pass(1);
    const atOnce = server.count;
    // They spread over half a second.
    await clock.pass(500);
    await requestsAt(server, 11);
    expect(atOnce).toBeLessThan(10);
    const ends = (await Promise.all([first, ...rest])).map(({ end }) => end);
    expect(ends).toEqual(new Array(10).fill('data'));
  });

  test('503 with Retry-After delays the other calls, 500 with it does not', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const clock = stopClock();
    for (const [status, pause] of [
      [503, 1000],
      [500, 0],
    ] as const) {
      await using server = await FaultServer.start(
        respond(status, '', { 'retry-after': '1' }),
        json(200, { id: ID }),
      );
      const client = connect(face, server.origin, { maxRetries: 0 });
      await client.GET();
      const second = client.GET();
      if (pause > 0) {
        await clock.pass(pause - 1);
        expect(server.count).toBe(1);
        await clock.pass(1);
      }
      await requestsAt(server, 2);
      await second;
    }
  });

  test('A call that waits for a pause ends with its time limit or its signal, unsent', async () => {
    await using server = await FaultServer.start(...throttleFirst('30'));
    const client = connect(face, server.origin, { maxRetries: 0 });
    const clock = stopClock();
    await client.GET();
    const timed = client.GET({ totalTimeout: 20_000 });
    await clock.pass(20_000);
    expect((await timed).error).toMatchObject({ name: 'TimeoutError', outcome: 'not-sent' });
    const controller = new AbortController();
    const aborted = client.GET({ signal: controller.signal });
    await settle();
    controller.abort();
    expect((await aborted).error).toMatchObject({
      name: 'AbortError',
      outcome: 'not-sent',
      attempts: 0,
    });
    expect(server.count).toBe(1);
  });

  test('In an outage the retry budget runs out, so that the load is not tripled', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    await using server = await FaultServer.start(respond(500));
    const client = connect(face, server.origin);
    for (let round = 0; round < 20; round++)
      await Promise.all(Array.from({ length: 10 }, () => client.GET()));
    // 200 calls, and the 100 retries that a transport has in store.
    expect(server.count).toBe(300);
  });

  test('Successes refill the retry budget', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    let healthy = false;
    await using server = await FaultServer.start((socket, request) =>
      (healthy ? json(200, { id: ID }) : respond(500))(socket, request),
    );
    const client = connect(face, server.origin, { maxRetries: 1 });
    for (let call = 0; call < 100; call++) await client.GET();
    expect(server.count).toBe(200);
    await client.GET();
    expect(server.count).toBe(201);
    healthy = true;
    for (let call = 0; call < 8; call++) await client.GET();
    healthy = false;
    for (let call = 0; call < 5; call++) await client.GET();
    // Eight successes have put back two retries.
    expect(server.count).toBe(201 + 8 + 5 + 2);
  });
});

test('A refused connection also uses the retry budget', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const client = connect('methods', await deadOrigin(), { maxRetries: 1 });
  const attempts: number[] = [];
  for (let call = 0; call < 102; call++) attempts.push((await client.POST()).error?.attempts ?? 0);
  expect(attempts.slice(98)).toEqual([2, 2, 1, 1]);
});

describe('Clients over one transport share', () => {
  test('the pause', async () => {
    await using server = await FaultServer.start(...throttleFirst('1'));
    const transport = createTransport({ apiKey: KEY, baseUrl: server.origin, maxRetries: 0 });
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const clock = stopClock();
    await methodSubject(createClient(transport)).GET();
    const call = fetchSubject(createFetchClient(transport.withOptions({ timeout: 5000 }))).GET();
    await settle();
    expect(server.count).toBe(1);
    await clock.pass(1000);
    await requestsAt(server, 2);
    await call;
  });

  test('the limit of concurrent requests', async () => {
    const held = new HeldResponses(json(200, { id: ID }));
    await using server = await FaultServer.start(held.fault);
    const transport = createTransport({ apiKey: KEY, baseUrl: server.origin, maxConcurrent: 2 });
    const subjects = [
      methodSubject(createClient(transport)),
      fetchSubject(createFetchClient(transport)),
      methodSubject(createClient(transport.withOptions({}))),
    ];
    const calls = subjects.flatMap((client) => Array.from({ length: 10 }, () => client.GET()));
    await requestsAt(server, 2);
    held.release();
    await Promise.all(calls);
    expect([server.count, server.busiest]).toEqual([30, 2]);
  });
});
