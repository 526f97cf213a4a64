import { inspect } from 'node:util';
import { Agent } from 'undici';
import { expect, vi } from 'vitest';
import { settle, stopClock } from './clock.ts';
import { type Fault, FaultServer, json, partial, reset, respond, stall } from './fault-server.ts';
import { expectOneRequest, type Guard, getFrom } from './guard.ts';
import { ID, KEY } from './subject.ts';

/** Guards of the runtime, each with what shows that it is there. */
export const guards: Guard[] = [
  {
    name: 'a create whose response was lost is not retried',
    file: 'retry.ts',
    line: "idempotent || outcome === 'not-sent'",
    without: 'true',
    check: (clients) => expectOneRequest(clients, reset),
  },
  {
    name: 'a create that failed with 503 is not retried',
    file: 'retry.ts',
    line: 'idempotent ? TRANSIENT.includes(status) : status === 429',
    without: 'TRANSIENT.includes(status)',
    check: (clients) => expectOneRequest(clients, respond(503)),
  },
  {
    name: 'a create that undici has written is known to be sent',
    file: 'connection-trace.ts',
    line: 'this.#written = true;',
    without: 'void name;',
    check: (clients) => expectOneRequest(clients, reset),
  },
  {
    name: 'the error of a fetch of the caller proves nothing',
    file: 'attempt.ts',
    line: 'trace?.mayHaveSent(cause) ?? true',
    without: 'trace?.mayHaveSent(cause) ?? false',
    async check(clients) {
      await using server = await FaultServer.start(json(201, { id: ID }));
      const send = async (url: string, init: RequestInit) => {
        await fetch(url, init);
        throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
      };
      const options = { apiKey: KEY, baseUrl: server.origin, fetch: send, maxRetries: 1 };
      await clients.createClient(options).createReconnectInvitation(ID).result();
      expect(server.count).toBe(1);
    },
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
      expect(thief.requests.map(({ headers }) => headers['x-api-key'])).toEqual([]);
    },
  },
  {
    name: 'a redirect is reported as one',
    file: 'attempt.ts',
    line: 'if (response.status === 0 || (isRedirect(response) && !attempt.mayRedirect)) {',
    without: 'if (false) {',
    async check(clients) {
      expect((await getFrom(clients, respond(302, '', { location: '/' }))).end).toBe('RedirectError');
    },
  },
  {
    name: 'the fetch client sends the key to its own origin alone',
    file: 'fetch-client.ts',
    line: 'if (asked !== known)',
    without: 'if (asked === undefined)',
    async check({ createFetchClient }) {
      await using thief = await FaultServer.start(json(200, {}));
      const api = createFetchClient({ apiKey: KEY, baseUrl: 'https://example.com' });
      await api.GET('/ping', { baseUrl: thief.origin }).catch(() => {});
      expect(thief.requests.map(({ headers }) => headers['x-api-key'])).toEqual([]);
    },
  },
  {
    name: 'a path parameter that must be a UUID is one',
    file: 'parameters.ts',
    line: 'isUuid(name) && !UUID.test(value)',
    without: 'false',
    async check({ createClient }) {
      await using server = await FaultServer.start(json(200, {}));
      await createClient({ apiKey: KEY, baseUrl: server.origin }).getConnection('me').result();
      expect(server.count).toBe(0);
    },
  },
  {
    name: 'NaN is not sent as null',
    file: 'write-json.ts',
    line: "if (typeof value === 'number' && !Number.isFinite(value)) reject();",
    without: '',
    async check({ createClient }) {
      await using server = await FaultServer.start(json(200, {}));
      const client = createClient({ apiKey: KEY, baseUrl: server.origin });
      await client.createReconnectInvitation(ID, { maxUses: Number.NaN }).result();
      expect(server.requests.map(({ body }) => body)).toEqual([]);
    },
  },
  {
    name: 'a body that stalls ends with an abort',
    file: 'attempt.ts',
    line: 'await limit.race(attempt.read(response, scope))',
    without: 'await attempt.read(response, scope)',
    async check({ createClient }) {
      // The body of such a response knows nothing of the signal.
      const send = async () => new Response(new ReadableStream());
      const clock = stopClock();
      const client = createClient({ apiKey: KEY, fetch: send, timeout: 3_000, maxRetries: 0 });
      const result = client.getConnection(ID).result();
      await settle();
      await clock.pass(3_000);
      expect(await Promise.race([result, settle()])).toMatchObject({ ok: false });
    },
  },
  {
    name: 'a body is read up to a limit',
    file: 'response.ts',
    line: 'if (size > most) throw new BodyTooLarge();',
    without: '',
    async check(clients) {
      const options = { maxResponseBytes: 10 };
      const { end } = await getFrom(clients, json(200, { id: ID }), options);
      expect(end).toBe('ResponseTooLargeError');
    },
  },
  {
    name: 'an HTML page is not a success',
    file: 'response.ts',
    line: "data !== undefined || (optional && text === '')",
    without: 'true',
    async check({ createClient }) {
      await using server = await FaultServer.start(respond(200, '<html>'));
      const result = await createClient({ apiKey: KEY, baseUrl: server.origin }).ping().result();
      expect(result).toMatchObject({ error: { name: 'InvalidResponseError' } });
    },
  },
  {
    name: 'a message quotes no secret of the service',
    file: 'response.ts',
    line: "secrets.includes(name) ? '[secret]' : value",
    without: 'value',
    async check(clients) {
      const { error } = await getFrom(clients, json(400, { invitationUrl: 'https://link.example' }));
      expect(error?.message).not.toContain('link.example');
    },
  },
  {
    name: 'an error of others is copied, not kept',
    file: 'redact.ts',
    line: 'const { name, message, code, stack, cause, errors } = error as Record<string, unknown>;',
    without:
      'if (depth === 0) return error; const { name, message, code, stack, cause, errors } = error as any;',
    async check({ createClient }) {
      const failure = Object.assign(new Error('Failed'), { request: { headers: { 'x-api-key': KEY } } });
      const client = createClient({ apiKey: KEY, fetch: () => Promise.reject(failure), maxRetries: 0 });
      const { error } = Object(await client.ping().result());
      expect(inspect(error, { depth: 9 })).not.toContain(KEY);
    },
  },
  {
    name: 'a short key is not taken out of words',
    file: 'redact.ts',
    line: 'key.length >= 16 ?',
    without: 'true ?',
    async check(clients) {
      const { error } = await getFrom(clients, json(400, { detail: 'No company' }), { apiKey: 'any' });
      expect(error?.message).toContain('company');
    },
  },
  {
    name: 'a pause that the service asks for holds for every call',
    file: 'attempt.ts',
    line: 'attempt.pacing.pause(pauseForAll(response));',
    without: '',
    async check({ createClient }) {
      await using server = await FaultServer.start(respond(429, '', { 'retry-after': '30' }));
      const client = createClient({ apiKey: KEY, baseUrl: server.origin, maxRetries: 0 });
      await client.getConnection(ID).result();
      const clock = stopClock();
      const second = client.getConnection(ID, { totalTimeout: 9_000 }).result();
      await settle();
      await clock.pass(9_000);
      await second;
      expect(server.count).toBe(1);
    },
  },
  {
    name: 'retries run out in an outage',
    file: 'pacing.ts',
    line: 'if (this.#retries < 1) return false;',
    without: '',
    async check({ createClient }) {
      const send = vi.fn(async () => new Response('', { status: 500 }));
      vi.spyOn(Math, 'random').mockReturnValue(0);
      const client = createClient({ apiKey: KEY, fetch: send });
      for (let call = 0; call < 60; call++) await client.getConnection(ID).result();
      vi.restoreAllMocks();
      expect(send.mock.calls.length).toBe(160);
    },
  },
  {
    name: 'undici sets no limit of its own',
    file: 'connection-trace.ts',
    line: '{ ...options, headersTimeout: 0, bodyTimeout: 0 }',
    without: '{ ...options }',
    async check(clients) {
      const slow: Fault = (socket, request) => setTimeout(() => json(200, { id: ID })(socket, request), 1500);
      const dispatcher = new Agent({ headersTimeout: 100 });
      const { end } = await getFrom(clients, slow, { fetchOptions: { dispatcher }, maxRetries: 0 });
      await dispatcher.destroy();
      expect(end).toBe('data');
    },
  },
  {
    name: 'an endless repetition of a page ends',
    file: 'lists.ts',
    line: 'JSON.stringify(items) === JSON.stringify(before.items)',
    without: 'false',
    async check({ createClient }) {
      await using server = await FaultServer.start(json(200, { connections: [{ id: ID }], hasNext: true }));
      const client = createClient({ apiKey: KEY, baseUrl: server.origin });
      let pages = 0;
      const walk = async () => {
        for await (const _ of client.listConnections(ID).pages()) if (++pages > 5) break;
      };
      await walk().catch(() => {});
      expect(pages).toBe(1);
    },
  },
  {
    name: 'an observer that throws harms no call',
    file: 'events.ts',
    line: '} catch {}',
    without: '} finally {}',
    async check(clients) {
      const observe = () => {
        throw new Error('No.');
      };
      expect(await getFrom(clients, json(200, { id: ID }), { observe })).toMatchObject({ end: 'data' });
    },
  },
  {
    name: 'a stream keeps its place among the requests at once',
    file: 'attempt.ts',
    line: 'if (!streaming) release();',
    without: 'release();',
    async check({ createFetchClient }) {
      await using server = await FaultServer.start(partial(200, stall), json(200, {}));
      const api = createFetchClient({ apiKey: KEY, baseUrl: server.origin, maxConcurrent: 1 });
      const { data } = await api.GET('/ping', { parseAs: 'stream' });
      const controller = new AbortController();
      const second = api.GET('/ping', { signal: controller.signal }).catch(() => {});
      await settle();
      const { count } = server;
      controller.abort();
      await second;
      await data?.cancel().catch(() => {});
      expect(count).toBe(1);
    },
  },
  {
    name: 'however many follow a signal, it has one listener',
    file: 'time-limit.ts',
    line: 'if (callbacks.size === 0) signal.addEventListener',
    without: 'signal.addEventListener',
    async check({ createClient }) {
      const { signal } = new AbortController();
      const add = vi.spyOn(signal, 'addEventListener');
      const fetch = async () => Response.json({ id: ID });
      const client = createClient({ apiKey: KEY, fetch, maxConcurrent: 20 });
      await Promise.all(Array.from({ length: 20 }, () => client.getConnection(ID, { signal })));
      expect(add).toHaveBeenCalledTimes(1);
    },
  },
];
