import { describe, expect, test } from 'vitest';
import { settle } from './clock.ts';
import { FaultServer, json, respond } from './fault-server.ts';
import { CALLS, connect, FACES, failureOf, ID } from './subject.ts';

const statuses = [
  [301, 'unknown'],
  [302, 'unknown'],
  [303, 'unknown'],
  [307, 'rejected'],
  [308, 'rejected'],
] as const;

describe.each(CALLS)('$kind of the $face', ({ face, kind }) => {
  test.each(statuses)(
    '%i to another origin is not followed: nothing arrives there',
    async (status, outcome) => {
      await using thief = await FaultServer.start(json(200, { id: ID }));
      await using server = await FaultServer.start(respond(status, '', { location: `${thief.origin}/here` }));
      const error = await failureOf(connect(face, server.origin)[kind]());
      expect(error).toMatchObject({
        name: 'RedirectError',
        status,
        outcome,
        attempts: 1,
        location: `${thief.origin}/here`,
      });
      expect(error.message).toContain(server.origin);
      expect(error.message).toContain(thief.origin);
      expect([server.count, thief.count, thief.open]).toEqual([1, 0, 0]);
    },
  );
});

describe.each(FACES)('%s', (face) => {
  test.each(statuses)('%i to the same origin, a loop, is not followed either', async (status) => {
    await using server = await FaultServer.start(respond(status, '', { location: '/v2/ping' }));
    const error = await failureOf(connect(face, server.origin).GET());
    expect(error).toMatchObject({ name: 'RedirectError', location: '/v2/ping' });
    expect(server.count).toBe(1);
  });

  test('A redirect from https to http names both', async () => {
    const redirect = async () =>
      new Response(null, { status: 302, headers: { location: 'http://api.example.com/ping' } });
    const error = await failureOf(connect(face, 'https://api.example.com', { fetch: redirect }).GET());
    expect(error.message).toContain('from https://api.example.com to http://api.example.com.');
  });

  test.each([undefined, 'http://[broken'])(
    'A redirect to %s names the origin it came from',
    async (location) => {
      await using server = await FaultServer.start(respond(302, '', location ? { location } : {}));
      const error = await failureOf(connect(face, server.origin).GET());
      expect(error).toMatchObject({ name: 'RedirectError', location });
      expect(error.message).toContain(`from ${server.origin} to an unknown place.`);
    },
  );

  test('A redirect with a broken body causes only one error', async () => {
    const stray: unknown[] = [];
    const listen = (reason: unknown) => stray.push(reason);
    process.on('unhandledRejection', listen);
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error('Broken')) });
    const redirect = async () => new Response(broken, { status: 302 });
    await failureOf(connect(face, 'https://api.example.com', { fetch: redirect }).GET());
    await settle();
    process.off('unhandledRejection', listen);
    expect(stray).toEqual([]);
  });

  test('304 is an error status and not a redirect', async () => {
    await using server = await FaultServer.start(respond(304, '', { 'content-length': '0' }));
    expect(await connect(face, server.origin).GET()).toMatchObject({ end: 'HttpError', status: 304 });
  });
});

test('The status 0 by which a browser hides a redirect is one', async () => {
  const hidden = async () => Object.defineProperty(new Response(), 'status', { value: 0 });
  const error = await failureOf(connect('methods', 'https://api.example.com', { fetch: hidden }).POST());
  expect(error).toMatchObject({ name: 'RedirectError', status: 0, location: undefined, outcome: 'unknown' });
});
