import { describe, expect, test } from 'vitest';
import { collect } from '../helpers/collect.ts';
import { useFeatures } from './feature-server.ts';

const { server, open, openFetch } = useFeatures(['cookies', 'rare', 'responses', 'wire']);

interface Given {
  path?: Record<string, unknown>;
  query?: object;
  cookies?: object;
  body?: unknown;
  headers?: object;
}

/** Calls an operation of a contract through each client. Returns the data, or the body of an error status. */
const faces = {
  async methods(
    contract: string,
    operation: string,
    _: string,
    { path = {}, query, cookies, body, headers }: Given,
  ) {
    const client = await open(contract, { apiKey: 'a&1' });
    const rest = [...(body === undefined ? [] : [body]), ...(query ? [query] : [])];
    const call = client[operation](...Object.values(path), ...rest, { cookies, headers });
    const result = await call.result();
    if (!result.ok && result.error.name !== 'HttpError') throw result.error;
    return result.ok ? result.data : result.error.body;
  },
  async 'fetch client'(
    contract: string,
    _: string,
    place: string,
    { path, query, cookies, body, headers }: Given,
  ) {
    const api = await openFetch(contract, { apiKey: 'a&1' });
    const [method, url] = place.split(' ', 2);
    const params = { path, query, cookie: cookies };
    const { data, error } = await api.request(method, url, { params, body, headers });
    return error ?? data;
  },
};

/** The lines of a form without its boundary. */
function parts(): string[] {
  const boundary = /boundary=(.*)/.exec(String(server.received.headers['content-type']))?.[1] ?? '';
  const all = server.received.body.toString().split(`--${boundary}`);
  return all
    .slice(1, -1)
    .map((part) => part.trim().replace('Content-Disposition: form-data; ', '').replaceAll('\r\n', '|'));
}

describe.each(Object.entries(faces))('%s', (_, call) => {
  const sent = (): [url: string, type: string | undefined, body: string] => {
    const { url, headers, body } = server.received;
    return [url, headers['content-type'], body.toString()];
  };

  test('a key in the query is appended, and the rest of the query is sent as it was written', async () => {
    const query = { fields: ['a,b', 'c d'], near: ['1', '2'], at: 'x/y:z' };
    await call('wire', 'listParcels', 'GET /parcels', { query });
    expect(server.received.url).toBe('/parcels?fields=a%2Cb,c%20d&near=1%7C2&at=x/y:z&key=a%261');
  });

  test('a path can have a query', async () => {
    await call('wire', 'listBetaParcels', 'GET /parcels?beta=true', { query: { after: 'x' } });
    expect(server.received.url).toBe('/parcels?beta=true&after=x&key=a%261');
  });

  test('whether a path parameter is a UUID depends on the method', async () => {
    server.replyJson({});
    await call('wire', 'getParcel', 'GET /parcels/{id}', { path: { id: 'v::1' } });
    expect(server.received.url).toBe('/parcels/v%3A%3A1?key=a%261');
    await expect(call('wire', 'putParcel', 'PUT /parcels/{id}', { path: { id: 'v' } })).rejects.toThrow(
      'a UUID',
    );
  });

  test('names that JavaScript knows are names like any other', async () => {
    const place = 'GET /teams/{constructor}/{toString}';
    const query = JSON.parse('{ "__proto__": ["a", "b"], "valueOf": "c" }');
    await call('wire', 'getTeam', place, { path: { constructor: 'red', toString: ['a', 'b'] }, query });
    expect(server.received.url).toBe('/teams/red/a,b?__proto__=a,b&valueOf=c&key=a%261');
    await expect(
      call('wire', 'getTeam', place, {
        path: Object.assign(Object.create(null), { constructor: undefined }),
      }),
    ).rejects.toThrow('The path parameter constructor must not be empty');
  });

  test('a body has the media type of the contract with its parameters, or the one that the caller asks for', async () => {
    server.reply = { status: 200, type: 'application/vnd.note+json;version=2', body: '{}' };
    const note = (given: Given) => call('wire', 'addNote', 'POST /notes', given);
    await note({ body: { text: 'a' } });
    expect(sent().slice(1)).toEqual(['application/vnd.note+json;version=2', '{"text":"a"}']);
    expect(server.received.headers.accept).toBe(
      'application/vnd.note+json;version=2, application/xml, application/problem+json, */*;q=0.1',
    );
    await note({ body: 'a,b' });
    expect(sent().slice(1)).toEqual(['text/csv', 'a,b']);
    await note({ body: 'a,b', headers: { 'Content-Type': 'text/csv; header=absent' } });
    expect(sent().slice(1)).toEqual(['text/csv; header=absent', 'a,b']);
  });

  test('an error that the contract documents as text is its text, and JSON else', async () => {
    const note = () => call('wire', 'addNote', 'POST /notes', { body: {} });
    server.reply = { status: 409, type: 'application/xml', body: '17' };
    expect(await note()).toBe('17');
    server.reply = { status: 422, type: 'application/problem+json', body: '{"title":"No"}' };
    expect(await note()).toEqual({ title: 'No' });
  });

  test('a list is written line by line, and text unchanged', async () => {
    await call('wire', 'addAll', 'POST /bulk', { body: [{ id: 'a' }, { id: 'b' }] });
    expect(sent().slice(1)).toEqual(['application/x-ndjson', '{"id":"a"}\n{"id":"b"}\n']);
    await call('wire', 'addAll', 'POST /bulk', { body: '{"id":"c"}\n' });
    expect(sent()[2]).toBe('{"id":"c"}\n');
    await expect(call('wire', 'addAll', 'POST /bulk', { body: { id: 'a' } })).rejects.toThrow(
      'The body is of the type Object; the contract says application/x-ndjson: pass text or bytes.',
    );
  });

  test('a form is written by its encoding, and by the default of the standard without one', async () => {
    const body = { at: { x: 1 }, all: [{ x: 2 }, 'y'], piped: ['a', 'b'], settings: ['c', 'd'] };
    await call('wire', 'sendForm', 'POST /form', { body });
    expect(sent()[2]).toBe(
      'at=%7B%22x%22%3A1%7D&all=%7B%22x%22%3A2%7D&all=y&piped=a%7Cb&settings=%5B%22c%22%2C%22d%22%5D',
    );
    await call('wire', 'sendParts', 'POST /parts', {
      body: {
        at: { x: 1 },
        all: [{ x: 2 }],
        deep: { x: 3 },
        names: ['c'],
        file: new File(['d'], 'e"\n.txt'),
      },
    });
    expect(parts()).toEqual([
      'name="at"|Content-Type: application/json||{"x":1}',
      'name="all"|Content-Type: application/json||{"x":2}',
      'name="deep[x]"||3',
      'name="names"|Content-Type: application/json||"c"',
      'name="file"; filename="e%22%0A.txt"|Content-Type: application/octet-stream||d',
    ]);
  });

  test('cookies are sent, together with those of the caller and a key', async () => {
    await call('cookies', 'getSession', 'GET /session', { cookies: { session: 'a b', tags: ['c', 'd'] } });
    expect(server.received.headers.cookie).toBe('session=a%20b; tags=c,d');
    await call('cookies', 'getMine', 'GET /mine', {
      cookies: { theme: 'dark' },
      headers: { cookie: 'own=1' },
    });
    expect(server.received.headers.cookie).toBe('own=1; theme=dark; SID=a&1');
  });

  test('a success without a body has no data where the contract documents no success', async () => {
    server.reply = { status: 200 };
    expect(await call('responses', 'checkJobs', 'POST /jobs/check', {})).toBeUndefined();
  });
});

test('an operation without a method keeps its server, its security and its styles in the fetch client', async () => {
  const urls: [string, unknown][] = [];
  const fetch = async (url: string, { headers }: RequestInit) => {
    urls.push([url, Object(headers)['x-key']]);
    return new Response(null, { status: 204 });
  };
  const api = await openFetch('rare', { apiKey: 'secret', baseUrl: undefined, fetch });
  await api.GET('/secrets', { params: { query: { f: { a: 'x' } } } });
  await api.PUT('/nearby', {});
  expect(urls).toEqual([
    ['https://open.parcels.example/secrets?f%5Ba%5D=x', undefined],
    ['https://parcels.example/nearby', 'secret'],
  ]);
});

test('a default response is the success if there is no other, and an error otherwise', async () => {
  const client = await open('wire', { apiKey: 'a' });
  expect(Object.keys(client).filter((name) => /^(read|list)/.test(name))).toEqual([
    ...['listParcels', 'listBetaParcels', 'readFeed', 'readFeedStream', 'readLog', 'listPages'],
  ]);
  server.replyJson({ a: 1 });
  expect(await client.readFeed()).toEqual({ a: 1 });
  server.replyJson([]);
  expect(await collect(client.listPages())).toEqual([]);
});

test('a component may have the name of an example or of an extension', async () => {
  const client = await open('wire', { apiKey: 'a' });
  for (const status of [200, 202]) {
    server.replyJson(['b'], status);
    expect(await client.getListed()).toEqual(['b']);
  }
});

test('a message quotes no secret, wherever the contract marks it', async () => {
  const client = await open('wire', { apiKey: 'a' });
  const body = { link: 's1', inner: { pin: 's2' }, all: [{ code: 's3' }], words: ['s4'], plain: 'shown' };
  server.replyJson(body, 400);
  const { error } = await client.getListed().result();
  expect(error.message).toContain('shown');
  expect(error.message).not.toMatch(/s\d/);
  expect(error.body).toEqual(body);
});

test('the values of a JSON sequence are items of a stream', async () => {
  const client = await open('wire', { apiKey: 'a' });
  server.reply = { status: 200, type: 'application/json-seq', body: '\x1e{"id":"a"}\n\x1e{"id":"b"}\n' };
  expect(await collect(client.addSequence([{ id: 'c' }]))).toEqual([{ id: 'a' }, { id: 'b' }]);
  expect(server.received.body.toString()).toBe('\x1e{"id":"c"}\n');
});
