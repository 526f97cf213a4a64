import { afterEach, describe, expect, test, vi } from 'vitest';
import { runs } from '../helpers/runs.ts';
import { eventually, requestsAt, settle, stopClock, useClock } from './clock.ts';
import { type Fault, FaultServer, HeldResponses, json, reset } from './fault-server.ts';
import { connect, FACES, failureOf, ID, methodClient } from './subject.ts';

const calls = runs(120, 1_000);

useClock();
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(FACES)('%s', (face) => {
  test.each([
    [undefined, 10],
    [1, 1],
    [3, 3],
    [1.5, 1],
  ])('maxConcurrent %s: never more than %i requests at once', async (maxConcurrent, most) => {
    const held = new HeldResponses(json(200, { id: ID }));
    await using server = await FaultServer.start(held.fault);
    const client = connect(face, server.origin, { maxConcurrent });
    const calls = Array.from({ length: 40 }, () => client.GET());
    await requestsAt(server, most);
    held.release();
    await Promise.all(calls);
    expect(server.busiest).toBe(most);
    expect(server.count).toBe(40);
  });

  // The server drops each third: a create that is sent again is found by the third call.
  test(`Of ${calls} calls to a server that drops each third response, no create is acted on without its caller knowing`, async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    let turn = 0;
    const unreliable: Fault = (socket, request) => {
      const drop = turn++ % 3 === 0;
      setTimeout(() => (drop ? reset : json(200, { id: ID }))(socket, request), 2);
    };
    await using server = await FaultServer.start(unreliable);
    const client = connect(face, server.origin);
    const creates = Array.from({ length: calls / 2 }, (_, index) => `owner${index}@example.com`);
    const [created, read] = await Promise.all([
      Promise.all(creates.map((email) => client.POST({ body: { allowedEmails: [email] } }))),
      Promise.all(creates.map(() => client.GET())),
    ]);
    const acted = server.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);
    for (const [index, { error }] of created.entries()) {
      const times = acted.filter((body) => body.includes(`"${creates[index]}"`)).length;
      expect(times).toBe(1);
      if (error) expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'unknown' });
    }
    const failed = [...created, ...read].filter(({ error }) => error).length;
    expect(created.filter(({ error }) => error).length).toBeGreaterThan(calls / 10);
    expect(failed).toBeLessThan(calls * 0.4);
    expect(server.busiest).toBeLessThanOrEqual(10);
    await eventually(() => expect(server.waiting).toBe(0));
  });

  test('The apiKey function is called only when the request can be sent, so that the key is fresh', async () => {
    const held = new HeldResponses(json(200, { id: ID }));
    await using server = await FaultServer.start(held.fault);
    const clock = stopClock();
    let asked = 0;
    const client = connect(face, server.origin, { maxConcurrent: 1, apiKey: () => `key-${++asked}` });
    const first = client.GET();
    const second = failureOf(client.GET({ totalTimeout: 1_000 }));
    await requestsAt(server, 1);
    await settle();
    await clock.pass(1_000);
    expect(await second).toMatchObject({ name: 'TimeoutError', outcome: 'not-sent' });
    held.release();
    await first;
    expect(asked).toBe(1);
  });
});

test('The queue continues after every kind of result', async () => {
  await using server = await FaultServer.start(reset, json(404, {}), json(200, { id: ID }));
  const client = methodClient(server.origin, { maxConcurrent: 1, maxRetries: 0 });
  const calls = [
    client.getConnection(ID),
    client.getConnection('no UUID'),
    client.getConnection(ID),
    client.getConnection(ID, { apiKey: () => Promise.reject(new Error('No key')) }),
    client.getConnection(ID, { signal: AbortSignal.abort() }),
    client.getConnection(ID),
  ];
  const results = await Promise.all(calls.map((call) => call.result()));
  expect(results.map((result) => (result.ok ? 'data' : result.error.name))).toEqual([
    'ConnectionError',
    'InvalidInputError',
    'HttpError',
    'ApiKeyError',
    'AbortError',
    'data',
  ]);
});
