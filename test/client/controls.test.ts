import * as clients from 'nectar-openapi';
import { describe, expect, test } from 'vitest';
import { type Change, clientsWithout } from './altered-runtime.ts';
import { FaultServer, json, reset, respond } from './fault-server.ts';
import { ID, KEY } from './subject.ts';

type Clients = typeof clients;

interface Guard extends Change {
  name: string;
  /** Holds with the guard alone. */
  check(clients: Clients): Promise<void>;
}

const guards: Guard[] = [
  {
    name: 'a create whose response was lost is not sent again',
    file: 'retry.ts',
    line: "idempotent || outcome === 'not-sent'",
    without: 'true',
    check: (clients) => expectOneRequest(clients, reset),
  },
  {
    name: 'a create that failed with 503 is not sent again',
    file: 'retry.ts',
    line: 'idempotent ? TRANSIENT.includes(status) : status === 429',
    without: 'TRANSIENT.includes(status)',
    check: (clients) => expectOneRequest(clients, respond(503)),
  },
  {
    name: 'a redirect takes the key nowhere',
    file: 'attempt.ts',
    line: "redirect: 'manual'",
    without: "redirect: 'follow'",
    async check({ createClient }) {
      await using thief = await FaultServer.start(json(200, { id: ID }));
      await using server = await FaultServer.start(respond(307, '', { location: `${thief.origin}/` }));
      await createClient({ apiKey: KEY, baseUrl: server.origin }).createReconnectInvitation(ID).result();
      expect(thief.seen.map(({ headers }) => headers['x-api-key'])).toEqual([]);
    },
  },
  {
    name: 'a redirect is reported as one',
    file: 'attempt.ts',
    line: 'if (isRedirect(response)) {',
    without: 'if (false) {',
    async check({ createClient }) {
      await using server = await FaultServer.start(respond(302, '', { location: '/' }));
      const result = await createClient({ apiKey: KEY, baseUrl: server.origin }).getConnection(ID).result();
      expect(result).toMatchObject({ error: { name: 'RedirectError' } });
    },
  },
  {
    name: 'a path parameter that must be a UUID is one',
    file: 'request.ts',
    line: 'uuids.includes(name) && !UUID.test(value)',
    without: 'false',
    async check({ createClient }) {
      await using server = await FaultServer.start(json(200, {}));
      await createClient({ apiKey: KEY, baseUrl: server.origin }).getConnection('me').result();
      expect(server.count).toBe(0);
    },
  },
];

async function expectOneRequest({ createClient }: Clients, fault: Parameters<typeof FaultServer.start>[0]) {
  await using server = await FaultServer.start(fault ?? reset);
  const client = createClient({ apiKey: KEY, baseUrl: server.origin, maxRetries: 1 });
  await client.createReconnectInvitation(ID).result();
  expect(server.count).toBe(1);
}

describe.each(guards)('$name', (guard) => {
  test('with its guard', async () => {
    await guard.check(clients);
  });

  test('and without it the same check fails', async () => {
    const altered = await clientsWithout(guard);
    await expect(guard.check(altered)).rejects.toThrow('expected');
  });
});
