import { createClient } from 'nectar-openapi';
import { type Change, createSandbox, type Journal } from 'nectar-openapi/sandbox';
import { unwrap } from 'nectar-openapi/webhooks';
import { expect, test } from 'vitest';
import { startSandbox } from '../../scripts/nectar/start.ts';
import { start } from './start.ts';

const owner = 'dana.reyes@harborstreet.example';

/** A journal in memory. */
function newJournal(): Journal {
  const rows = new Map<string, Change>();
  return {
    load: () => structuredClone([...rows.values()]),
    save(changes, { clear }) {
      if (clear) rows.clear();
      for (const each of changes) rows.set(`${each.table} ${each.id}`, structuredClone(each));
    },
  };
}

test('time travel makes each attempt that is due on the way, at its time and with its signature', async () => {
  const { sandbox, broken } = start();
  const start0 = sandbox.clock.now().getTime();
  const received: number[] = [];
  await sandbox.setReceiver({
    url: 'https://receiver.example',
    async fetch(_, init) {
      unwrap(String(init?.body), new Headers(init?.headers), sandbox.webhookSecret);
      received.push(sandbox.clock.now().getTime() - start0);
      return new Response(null, { status: 500 });
    },
  });
  await sandbox.setStatus(broken, 'CONNECTED');
  await sandbox.clock.advance({ days: 2 });
  // As Svix documents it: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h. There are two events.
  let at = 0;
  const times = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 36_000].map((seconds) => (at += seconds * 1_000));
  expect(received).toEqual(times.flatMap((time) => [time, time]));
  expect(sandbox.clock.now().getTime() - start0).toBe(2 * 86_400_000);
  for (const { attempts, dueAt } of sandbox.events()) {
    expect(attempts.map((each) => Date.parse(each.at) - start0)).toEqual(times);
    expect(dueAt).toBeNull();
  }
});

test('a sandbox with a journal keeps its receiver, its pending faults and its clock', async () => {
  const journal = newJournal();
  const control = async (sandbox: ReturnType<typeof createSandbox>, command: object) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
    };
    return (await sandbox.fetch('https://sandbox.invalid/sandbox/control', init)).status;
  };
  const first = createSandbox({ journal });
  expect([
    await control(first, { action: 'receiver', url: 'http://127.0.0.1:9/events' }),
    await control(first, { action: 'fault', kind: 'status', status: 503, times: 2 }),
    await control(first, { action: 'fault', kind: 'drop', share: 0.5 }),
    await control(first, { action: 'advance', days: 3 }),
  ]).toEqual([200, 200, 200, 200]);
  const get = (sandbox: typeof first) =>
    sandbox.fetch('https://sandbox.invalid/v2/ping', { headers: { 'x-api-key': sandbox.key } });
  expect((await get(first)).status).toBe(503);

  const second = createSandbox({ journal });
  expect(second.receiver()).toEqual({ url: 'http://127.0.0.1:9/events' });
  expect(second.clock.now()).toEqual(first.clock.now());
  expect(second.faults.list()).toEqual(first.faults.list());
  expect((await get(second)).status).toBe(503);
  // The second of two was the last; what the share draws goes on where it was.
  const draw = async (sandbox: typeof first) =>
    await get(sandbox).then(
      ({ status }) => status,
      () => 'broken',
    );
  const ends = [];
  for (let call = 0; call < 20; call++) ends.push(await draw(createSandbox({ journal })));
  expect(new Set(ends)).toEqual(new Set([200, 'broken']));
  createSandbox({ journal }).reset();
  const third = createSandbox({ journal });
  expect([third.faults.list(), third.receiver()?.url]).toEqual([[], 'http://127.0.0.1:9/events']);
});

test('/sandbox/state is everything as JSON, and the Date of each response is that of the sandbox', async () => {
  const { sandbox, nectar, broken } = start();
  await nectar.createReconnectInvitation(broken, { allowedEmails: [owner], sendEmail: true });
  await sandbox.setReceiver({ url: 'http://127.0.0.1:9/', secret: sandbox.webhookSecret });
  sandbox.faults.add({ kind: 'drop', operation: 'getInvitation' });
  await sandbox.clock.advance({ days: 400 });
  const response = await sandbox.fetch('https://sandbox.invalid/sandbox/state');
  expect(response.headers.get('date')).toBe(sandbox.clock.now().toUTCString());
  expect(await response.json()).toEqual({
    now: sandbox.clock.now().toISOString(),
    companies: sandbox.tenants(),
    receiver: { url: 'http://127.0.0.1:9/', secret: sandbox.webhookSecret },
    webhookSecret: sandbox.webhookSecret,
    connections: sandbox.allConnections(),
    invitations: sandbox.invitations(),
    requests: sandbox.requests(),
    mails: sandbox.mails(),
    events: sandbox.events(),
    faults: sandbox.faults.list(),
  });
  expect(sandbox.tenants()).toContainEqual(expect.objectContaining({ key: sandbox.key }));
});

test('the log has calls, recipients, mails and deliveries, and a response over a socket the Date of the sandbox', async () => {
  const lines: string[] = [];
  const clock = new Date('2026-03-02T09:15:00Z');
  await using stack = new AsyncDisposableStack();
  const served = await startSandbox({ port: 0, prism: false, clock, onCall: (line) => lines.push(line) });
  const { url, sandbox } = stack.adopt(served, (each) => each.close());
  const nectar = createClient({ apiKey: sandbox.key, baseUrl: `${url}/v2` });
  await sandbox.clock.advance({ days: 400 });
  const { response } = await nectar.ping().withResponse();
  expect(response.headers.get('date')).toBe(sandbox.clock.now().toUTCString());

  const { passwordIncorrect } = sandbox.connections;
  await nectar.createReconnectInvitation(passwordIncorrect.id, { allowedEmails: [owner], sendEmail: true });
  const [mail] = sandbox.mails(owner);
  await fetch(mail?.link ?? '');
  await sandbox.setReceiver({ url: 'https://receiver.example', fetch: async () => new Response() });
  await sandbox.setStatus(passwordIncorrect.id, 'CONNECTED');
  const path = new URL(mail?.link ?? '');
  expect(lines).toEqual([
    'GET /v2/ping -> 200',
    `mail to ${owner}: Please reconnect Cascadia Power`,
    `POST /v2/invitation/connection/${passwordIncorrect.id} -> 201`,
    `GET ${path.pathname}${path.search} -> 200`,
    'event connection.updated.v2 -> 200',
    'event connection.validated.v2 -> 200',
  ]);
});
