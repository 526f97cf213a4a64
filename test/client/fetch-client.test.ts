import { createFetchClient, createTransport, HttpError } from 'nectar-openapi';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FaultServer, json, reset, respond } from './fault-server.ts';
import { errorOf, fetchClient, ID, KEY } from './subject.ts';

const path = '/invitation/connection/{connection_id}';
const params = { path: { connection_id: ID } };

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('A call returns data, error and response', async () => {
  await using server = await FaultServer.start(json(200, { id: ID }), json(422, { detail: 'No' }));
  const api = fetchClient(server.origin, { headers: { 'x-team': 'a' } });
  const { data, response } = await api.POST(path, { params, body: { maxUses: 1 } });
  expect([data?.id, response.status, response.url]).toEqual([
    ID,
    200,
    `${server.origin}/invitation/connection/${ID}`,
  ]);
  expect(server.requests[0]).toMatchObject({
    method: 'POST',
    url: `/invitation/connection/${ID}`,
    body: '{"maxUses":1}',
  });
  expect(server.requests[0]?.headers).toMatchObject({
    'x-api-key': KEY,
    'x-team': 'a',
    'content-type': 'application/json',
  });
  const { error } = await api.POST(path, { params, body: {} });
  expect(error).toEqual({ detail: 'No' });
});

test('request takes the method as text', async () => {
  await using server = await FaultServer.start(json(200, { version: '2' }));
  const { data } = await fetchClient(server.origin).request('get', '/ping');
  expect([data, server.requests[0]?.method]).toEqual([{ version: '2' }, 'GET']);
});

test('Middleware never sees the key, and can change the request', async () => {
  await using server = await FaultServer.start(json(200, {}));
  const api = fetchClient(server.origin);
  const shown: [string, string][] = [];
  const middleware = {
    onRequest({ request }: { request: Request }) {
      shown.push(...request.headers);
      request.headers.set('x-from', 'middleware');
    },
    onResponse({ request }: { request: Request }) {
      shown.push(...request.headers);
    },
  };
  api.use(middleware);
  await api.GET('/ping');
  expect(server.requests[0]?.headers).toMatchObject({ 'x-api-key': KEY, 'x-from': 'middleware' });
  expect(JSON.stringify(shown)).not.toContain(KEY);
  api.eject(middleware);
  await api.GET('/ping');
  expect(server.requests[1]?.headers).not.toHaveProperty('x-from');
});

test('Middleware that was added twice is ejected once at a time', async () => {
  await using server = await FaultServer.start(json(200, {}));
  const api = fetchClient(server.origin);
  const seen: unknown[] = [];
  const middleware = { onRequest: ({ request }: { request: Request }) => void seen.push(request.headers) };
  api.use(middleware, middleware);
  api.eject(middleware);
  await api.GET('/ping');
  expect(seen).toEqual([expect.any(Headers)]);
});

test('The key is only sent to the configured origin', async () => {
  await using thief = await FaultServer.start(json(200, {}));
  await using server = await FaultServer.start(respond(307, '', { location: thief.origin }));
  const api = fetchClient(server.origin);
  expect(await errorOf(api.GET('/ping', { baseUrl: thief.origin }))).toMatchObject({
    name: 'InvalidInputError',
    outcome: 'not-sent',
  });
  expect(await errorOf(api.GET('/ping'))).toMatchObject({ name: 'RedirectError', outcome: 'rejected' });
  expect([server.count, thief.open]).toEqual([1, 0]);
});

test('Both clients can share a transport', async () => {
  await using server = await FaultServer.start(json(200, { id: ID }));
  const transport = createTransport({ apiKey: KEY, baseUrl: server.origin });
  await createFetchClient(transport).GET('/ping');
  expect(server.requests[0]?.headers['x-api-key']).toBe(KEY);
});

test('A retry is planned for the method that middleware sends', async () => {
  await using server = await FaultServer.start(reset);
  const api = fetchClient(server.origin);
  const onRequest = ({ request }: { request: Request }) =>
    new Request(request.url, { method: 'POST', headers: request.headers, body: '{}' });
  const error = await errorOf(api.GET('/ping', { middleware: [{ onRequest }] }));
  expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'unknown', attempts: 1 });
  expect(error.message).toContain('check before you call again');
  expect(server.requests.map(({ method }) => method)).toEqual(['POST']);
});

describe('The error of a failed call', () => {
  test.each(['', 'null', '0', 'false', '""', '<html>'])(
    'is an HttpError where the body is %j',
    async (body) => {
      await using server = await FaultServer.start(respond(503, body));
      const { data, error } = await fetchClient(server.origin, { maxRetries: 0 }).POST(path, {
        params,
        body: {},
      });
      expect(error).toBeInstanceOf(HttpError);
      expect([data, error]).toMatchObject([undefined, { status: 503, outcome: 'unknown' }]);
    },
  );

  test('is an HttpError also where middleware has created the response', async () => {
    const onRequest = () => new Response(null, { status: 401 });
    const { error } = await fetchClient('https://example.com').GET('/ping', { middleware: [{ onRequest }] });
    expect(error).toMatchObject({
      name: 'HttpError',
      status: 401,
      method: 'GET',
      path: '/ping',
      outcome: 'not-sent',
    });
  });
});

describe('Errors of middleware reach the caller unchanged', () => {
  const thrown = [new TypeError('Of the middleware'), 'a string', undefined, { code: 7 }];

  test.each(thrown)('from onRequest: %s', async (failure) => {
    await using server = await FaultServer.start(json(200, {}));
    const api = fetchClient(server.origin);
    api.use({ onRequest: () => Promise.reject(failure) });
    expect(await thrownBy(api.GET('/ping'))).toBe(failure);
    expect(server.count).toBe(0);
  });

  test.each(thrown)('from onResponse, of one call: %s', async (failure) => {
    await using server = await FaultServer.start(json(200, {}));
    const onResponse = () => {
      throw failure;
    };
    const call = fetchClient(server.origin).GET('/ping', { middleware: [{ onResponse }] });
    expect(await thrownBy(call)).toBe(failure);
  });

  test('from onError, which the next one sees, and which it can replace by a response', async () => {
    await using server = await FaultServer.start(reset);
    const api = fetchClient(server.origin, { maxRetries: 0 });
    const replacement = new RangeError('Instead');
    const errors: unknown[] = [];
    const replace = { onError: () => replacement };
    const look = { onError: ({ error }: { error: unknown }) => void errors.push(error) };
    api.use(look, replace, look);
    expect(await thrownBy(api.GET('/ping'))).toBe(replacement);
    expect(errors).toMatchObject([{ name: 'ConnectionError' }, replacement]);
    api.eject(replace);
    expect(await errorOf(api.GET('/ping'))).toMatchObject({ name: 'ConnectionError' });
    api.use({ onError: () => Response.json({ version: 'of last week' }) });
    expect((await api.GET('/ping')).data).toEqual({ version: 'of last week' });
  });
});

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}

describe('Middleware that leaves nothing to read is named, and not the service', () => {
  const create = { params, body: {} };

  test.each([201, 404])('in onResponse, after a %i', async (status) => {
    await using server = await FaultServer.start(json(status, { id: ID }));
    const log = async ({ response }: { response: Response }) => void (await response.text());
    const later = vi.fn();
    const middleware = [{ onResponse: later }, { onResponse: log }];
    const error = await errorOf(fetchClient(server.origin).POST(path, { ...create, middleware }));
    const outcome = status === 201 ? 'unknown' : 'rejected';
    expect(error).toMatchObject({ name: 'InvalidInputError', attempts: 1, outcome });
    expect(error.message).toContain(
      `ended with ${status}. Its middleware has read the body, in onResponse: read a clone() there.`,
    );
    expect(later).not.toHaveBeenCalled();
  });

  test('in onRequest', async () => {
    const api = fetchClient('http://127.0.0.1:9');
    api.use({ onRequest: async ({ request }) => void (await request.text()) });
    expect(await errorOf(api.POST(path, create))).toMatchObject({
      name: 'InvalidInputError',
      outcome: 'not-sent',
      message: `POST ${path} was not sent. Its middleware has read the body, in onRequest: read a clone() there.`,
    });
  });

  test('in onError, after a request that the service may have acted on', async () => {
    await using server = await FaultServer.start(reset);
    const onError = async () => {
      const response = new Response('{}');
      await response.text();
      return response;
    };
    const error = await errorOf(
      fetchClient(server.origin).POST(path, { ...create, middleware: [{ onError }] }),
    );
    expect(error).toMatchObject({ name: 'InvalidInputError', attempts: 1, outcome: 'unknown' });
    expect(error.message).toContain(
      `${path} ended with no response. Its middleware has read the body, in onError:`,
    );
  });

  test('but not where it returns another response, or reads a clone', async () => {
    await using server = await FaultServer.start(json(201, { id: ID }));
    const api = fetchClient(server.origin);
    api.use(
      { onRequest: async ({ request }) => new Request(request.clone(), { body: await request.text() }) },
      { onResponse: async ({ response }) => Response.json(await response.json()) },
      { onResponse: async ({ response }) => void (await response.clone().text()) },
    );
    expect((await api.POST(path, create)).data).toEqual({ id: ID });
  });

  test('or where what it leaves is not JSON, not a response, or locked', async () => {
    await using server = await FaultServer.start(json(201, { id: ID }));
    const api = fetchClient(server.origin);
    const notJson = () => new Response('<html>');
    const text = (() => 'text') as never;
    const lock = ({ response }: { response: Response }) => void response.body?.getReader();
    const hooks = [
      { onResponse: notJson },
      { onResponse: text },
      { onResponse: lock },
      { onRequest: notJson },
    ];
    const errors = [];
    for (const hook of hooks) errors.push(await errorOf(api.POST(path, { ...create, middleware: [hook] })));
    expect(errors).toMatchObject([
      { name: 'InvalidInputError', outcome: 'unknown' },
      { name: 'InvalidInputError', outcome: 'unknown' },
      { name: 'InvalidInputError', outcome: 'unknown' },
      { name: 'InvalidInputError', outcome: 'not-sent' },
    ]);
  });
});

test('Options of fetch can be combined with those of openapi-fetch', async () => {
  const inits: RequestInit[] = [];
  const send = async (_: string, init: RequestInit) => {
    inits.push(init);
    return Response.json({});
  };
  const api = fetchClient('https://example.com', { fetch: send, fetchOptions: { mode: 'cors' } });
  await api.GET('/ping', { cache: 'no-store', keepalive: true, fetchOptions: { keepalive: false } });
  expect(inits).toMatchObject([{ cache: 'no-store', keepalive: false, mode: 'cors' }]);
});

test('A call can have its own fetch, path, body and query', async () => {
  await using server = await FaultServer.start(json(200, {}));
  const api = fetchClient(server.origin);
  const urls: string[] = [];
  await api.POST(path, {
    params,
    body: { maxUses: 1 },
    bodySerializer: () => 'as it is',
    pathSerializer: (template) => template.replace('{connection_id}', 'elsewhere'),
    fetch: (url, init) => {
      urls.push(url);
      return fetch(url, init);
    },
  });
  await api.GET('/connection/company/{company_id}', {
    params: { path: { company_id: ID }, query: { limit: 2 } },
    querySerializer: () => 'of=mine',
    baseUrl: `${server.origin}/v3/`,
  });
  expect(urls).toEqual([`${server.origin}/invitation/connection/elsewhere`]);
  expect(server.requests[0]?.body).toBe('as it is');
  expect(server.requests[1]?.url).toBe(`/v3/connection/company/${ID}?of=mine`);
});
