import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FeatureClients } from './features.ts';

const clients = new FeatureClients();

interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer<ArrayBuffer>;
}

/** The last request, and the response to the next. */
let received: Received;
let reply: { status: number; type?: string; body?: string | Uint8Array };

const server = createServer(async (request, response) => {
  const { method = '', url = '', headers } = request;
  received = { method, url, headers, body: Buffer.from(await buffer(request)) };
  response.writeHead(reply.status, reply.type ? { 'content-type': reply.type } : {}).end(reply.body);
});
let baseUrl: string;

beforeAll(async () => {
  await Promise.all([clients.write(), once(server.listen(0, '127.0.0.1'), 'listening')]);
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  reply = { status: 204 };
});
afterAll(() => {
  clients.remove();
  server.close();
  server.closeAllConnections();
});

const open = (name: string, options: object = {}) => clients.create(name, { baseUrl, ...options });

const openFetch = (name: string, options: object = {}) => clients.createFetch(name, { baseUrl, ...options });

function json(value: unknown, status = 200): void {
  reply = { status, type: 'application/json', body: JSON.stringify(value) };
}

test('header parameters are fields of options.headers, and those that are undefined are not sent', async () => {
  const client = await open('headers');
  await client.getParcel(7, {
    headers: { 'X-Tenant': 'a', 'X-Depth': 2, 'X-Fields': ['id', 'weight'], extra: 'b' },
  });
  expect(received).toMatchObject({
    url: '/parcels/7',
    headers: { 'x-tenant': 'a', 'x-depth': '2', 'x-fields': 'id, weight', extra: 'b' },
  });
  await client.getParcel(7, { headers: { 'X-Tenant': 'a', 'X-Depth': undefined } });
  expect(received.headers).not.toHaveProperty('x-depth');
  await client.listParcels();
  await client.listParcels({ timeout: 5000 });
  await client.createParcel(undefined, { headers: { 'X-Tenant': 'a' } });
  expect(received.headers['x-tenant']).toBe('a');
});

test('an array in the query is repeated, or one value with the delimiter that the contract names', async () => {
  const client = await open('query');
  json({ parcels: [], more: false });
  const query = { depot: 'north', tags: ['a', 'b c'], ids: [1, 2], 'size[]': ['s', 'm'], words: ['x', 'y'] };
  await client.listParcels(query);
  expect([...new URL(received.url, baseUrl).searchParams]).toEqual([
    ['depot', 'north'],
    ['tags', 'a'],
    ['tags', 'b c'],
    ['ids', '1,2'],
    ['size[]', 's|m'],
    ['words', 'x y'],
  ]);
  await client.listParcels({ depot: 'north', 'size[]': null });
  expect(received.url).toBe('/parcels?depot=north');
});

test('every page of a list is requested with the whole query', async () => {
  const client = await open('query');
  json({ parcels: ['a'], more: true });
  for await (const parcel of client.listParcels({ depot: 'north', ids: [1, 2] })) {
    if (parcel === 'b') break;
    json({ parcels: ['b'], more: true });
  }
  expect([...new URL(received.url, baseUrl).searchParams]).toEqual([
    ['depot', 'north'],
    ['ids', '1,2'],
    ['page', '2'],
  ]);
});

test('JSON is sent, requested and read under its own media type', async () => {
  const client = await open('media-types');
  await client.changeParcel({ weight: 1 });
  expect(received.headers['content-type']).toBe('application/merge-patch+json');
  expect(received.body.toString()).toBe('{"weight":1}');
  reply = { status: 200, type: 'application/vnd.parcel+json', body: '{"weight":2}' };
  expect(await client.getParcel()).toEqual({ weight: 2 });
  expect(received.headers.accept).toBe('application/vnd.parcel+json, */*;q=0.1');
  reply.body = '<h1>Down</h1>';
  await expect(client.getParcel()).rejects.toThrow('the contract says a JSON object');
});

test('text is sent unchanged, and a response that looks like JSON stays text', async () => {
  const client = await open('media-types');
  reply = { status: 200, type: 'application/xml', body: '<ok/>' };
  expect(await client.putNote('# Ünïcode')).toBe('<ok/>');
  expect(received.headers['content-type']).toBe('text/markdown');
  expect(received.body.toString()).toBe('# Ünïcode');
  reply = { status: 200, type: 'text/plain', body: '17' };
  expect(await client.getNote()).toBe('17');
});

test('bytes are sent unchanged and returned as a Blob; an error is still read', async () => {
  const client = await open('media-types');
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]);
  await client.putPhoto(bytes);
  expect([received.headers['content-type'], ...received.body]).toEqual(['image/png', ...bytes]);
  await client.putPhoto(new Blob([bytes], { type: 'image/webp' }));
  expect(received.headers['content-type']).toBe('image/png');
  await client.addPhoto(new Blob([bytes], { type: 'image/webp' }));
  expect(received.headers['content-type']).toBe('image/webp');

  reply = { status: 200, type: 'image/png', body: bytes };
  const photo = await client.getPhoto();
  expect(new Uint8Array(await photo.arrayBuffer())).toEqual(bytes);
  expect(photo.type).toBe('image/png');
  json({ reason: 'no such photo' }, 404);
  await expect(client.getPhoto()).rejects.toMatchObject({ status: 404, body: { reason: 'no such photo' } });
});

test('a form with files is sent as multipart/form-data', async () => {
  const client = await open('forms');
  await client.createClaim({
    title: 'Wet',
    amount: 12.5,
    urgent: false,
    place: { city: 'Graz' },
    photos: [new File(['one'], 'one.png', { type: 'image/png' }), new Blob(['two'])],
    invoice: undefined,
  });
  const { headers, body } = received;
  const form = await new Response(body, {
    headers: { 'content-type': String(headers['content-type']) },
  }).formData();
  expect(form.get('title')).toBe('Wet');
  expect(form.get('amount')).toBe('12.5');
  expect(form.get('urgent')).toBe('false');
  expect(JSON.parse(String(form.get('place')))).toEqual({ city: 'Graz' });
  expect(form.has('invoice')).toBe(false);
  const [photo, other] = form.getAll('photos') as File[];
  expect([photo?.name, photo?.type, await photo?.text(), await other?.text()]).toEqual([
    'one.png',
    'image/png',
    'one',
    'two',
  ]);
});

test('parameters are written in the style of the contract, by both clients', async () => {
  const query = {
    commas: ['a,b', 'c'],
    spaces: ['a', 'b'],
    pipes: ['a', 'b'],
    names: ['a b', 'c'],
    size: { width: 1, height: 2 },
    sent: { gte: '2026', by: ['x', 'y'] },
    filter: { deep: [1] },
    next: '/a?b=c&d',
  };
  const expected =
    '/parcels/a%2Fb,c?commas=a%2Cb,c&spaces=a%20b&pipes=a|b&names=a%20b&names=c&width=1&height=2&sent%5Bgte%5D=2026' +
    '&sent%5Bby%5D%5B0%5D=x&sent%5Bby%5D%5B1%5D=y&filter=%7B%22deep%22%3A%5B1%5D%7D&next=/a?b=c%26d';
  await (await open('styles')).findParcels(['a/b', 'c'], query);
  expect(received.url).toBe(expected);
  await (await openFetch('styles')).GET('/parcels/{ids}', { params: { path: { ids: ['a/b', 'c'] }, query } });
  expect(received.url).toBe(expected);
});

test('an empty list and a missing value are omitted from the query', async () => {
  await (await open('styles')).findParcels(['a'], {
    commas: [],
    names: [],
    size: {},
    sent: undefined,
    next: null,
  });
  expect(received.url).toBe('/parcels/a');
});

test('a value that cannot be part of a URL is refused with its place', async () => {
  const client = await open('styles');
  await expect(client.findParcels(['a'], { size: { width: Number.NaN } })).rejects.toThrow(
    'The query parameter size is NaN',
  );
  await expect(client.findParcels([{}], {})).rejects.toThrow('The path parameter ids is of the type Object');
});

test('the fields of a form are written by its encoding', async () => {
  const client = await open('styles');
  await client.sendForm({
    name: 'a b',
    tags: ['x', 'y'],
    codes: ['1', '2'],
    sender: { name: 'Dana', lines: ['one'] },
    extra: { deep: [1] },
  });
  expect([...new URLSearchParams(received.body.toString())]).toEqual([
    ['name', 'a b'],
    ['tags', 'x'],
    ['tags', 'y'],
    ['codes', '1,2'],
    ['sender[name]', 'Dana'],
    ['sender[lines][0]', 'one'],
    ['extra', '{"deep":[1]}'],
  ]);
  await client.sendParts({ meta: { weight: 1 }, tags: ['x', 'y'], photo: new Blob(['png']) });
  const parts = received.body.toString();
  expect(parts).toMatch(
    /name="meta"; filename="blob"\r\nContent-Type: application\/json\r\n\r\n\{"weight":1\}/,
  );
  expect(parts).toMatch(/name="tags"\r\n\r\nx,y/);
  expect(parts).toMatch(/name="photo"; filename="blob"\r\nContent-Type: image\/png\r\n\r\npng/);
});

test('a GET whose body can only be empty is sent without one', async () => {
  await (await open('forms')).listClaims();
  expect([received.url, received.body.length]).toEqual(['/claims', 0]);
  await (await openFetch('forms')).GET('/claims');
  expect([received.method, received.body.length]).toEqual(['GET', 0]);
});

test('an operation with only documented errors returns undefined', async () => {
  const client = await open('responses');
  expect(await client.checkJobs()).toBeUndefined();
  json({ id: 'j' });
  expect(await client.checkJobs()).toBeUndefined();
  json({ reason: 'no' }, 409);
  await expect(client.checkJobs()).rejects.toMatchObject({ status: 409, body: { reason: 'no' } });
});

test('a form without files is urlencoded', async () => {
  const client = await open('forms');
  await client.createToken({ grant_type: 'client_credentials', scope: ['read', 'a&b'], hint: null });
  expect(received.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  expect(received.body.toString()).toBe('grant_type=client_credentials&scope=read&scope=a%26b');
});

test('a body that can be JSON or a form is JSON, unless the caller passes a form', async () => {
  const client = await open('forms');
  const api = await openFetch('forms');
  await client.createMessage({ text: 'wet' });
  expect([received.headers['content-type'], received.body.toString()]).toEqual([
    'application/json',
    '{"text":"wet"}',
  ]);
  await client.createMessage(new URLSearchParams({ text: 'wet & cold' }));
  expect(received.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  expect(received.body.toString()).toBe('text=wet+%26+cold');
  const form = new FormData();
  form.append('photo', new Blob(['png'], { type: 'image/png' }), 'a.png');
  for (const send of [() => client.createMessage(form), () => api.POST('/messages', { body: form })]) {
    await send();
    expect(received.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(received.body.toString()).toContain('filename="a.png"');
  }
});

test('each success status is checked with its own contract', async () => {
  const client = await open('responses');
  json(['a']);
  expect(await client.getJobs()).toEqual(['a']);
  json({ id: 'j' }, 202);
  expect(await client.getJobs()).toEqual({ id: 'j' });
  reply = { status: 204 };
  expect(await client.getJobs()).toBeUndefined();
  json({ id: 'j' });
  await expect(client.getJobs()).rejects.toThrow('the contract says a JSON array');
  reply = { status: 200 };
  await expect(client.getJobs()).rejects.toThrow('responded with 200 and no body');
});

test('a range, a default and no body at all are successes too', async () => {
  const client = await open('responses');
  json({ id: 'j' }, 203);
  expect(await client.createJob()).toEqual({ id: 'j' });
  expect(await client.putJob()).toEqual({ id: 'j' });
  expect(await client.hasJobs()).toBeUndefined();
  expect(received.method).toBe('HEAD');
  expect(await client.dropJobs()).toBeUndefined();
});

test('null is returned if the contract allows it, in both versions of OpenAPI', async () => {
  json(null);
  expect(await (await open('nullable')).getNickname()).toBeNull();
  expect(await (await open('shapes')).getNickname()).toBeNull();
  await expect((await open('shapes')).getTree()).rejects.toThrow('the contract says a JSON object');
});

test('operations behind references work like any other', async () => {
  const client = await open('references');
  json({ weight: 3 });
  expect(await client.putParcel('first', { weight: 3 })).toEqual({ weight: 3 });
  expect(received).toMatchObject({ method: 'PUT', url: '/parcels/first' });
});

test('each operation has its own method, named after it, even with an odd name', async () => {
  const client = await open('method-names');
  const paths: Record<string, string> = {};
  for (const name of Object.keys(client)) {
    await client[name]('1', '2', '3', '4');
    paths[name] = received.url;
  }
  expect(paths).toEqual({
    getParcelsParcelIdParcelIdNewAsIs: '/parcels/1/2/3/4',
    reposListAll_: '/a',
    reposListAll__: '/b',
    reposListAll: '/c',
    delete: '/d',
    then_: '/e',
    constructor_: '/f',
    _3dModels: '/g',
    new_: '/i',
    größe: '/h',
  });
});

test('an unsupported operation gets no method, but its place and the reason', () => {
  const lines = (name: string) =>
    clients.skipped.get(name)?.map(({ method, path, reason }) => `${method} ${path}: ${reason}`);
  expect(lines('rare')).toEqual([
    'PUT /headers: it requires the cookie parameter session',
    'GET /bodies: it is a GET with a body, which fetch does not send',
    'POST /bodies: its request body is multipart/mixed',
    'TRACE /bodies: fetch does not send TRACE',
    'POST /responses: its response 200 is multipart/mixed',
    'PATCH /responses: its success statuses differ in the kind of their bodies',
    'GET /nowhere: its server, https://{agent-url}, is not a URL',
    'GET /secrets: it requires the security Key and Session or Session',
  ]);
  expect(lines('bearer')).toEqual(['DELETE /admin: it requires the security Cookie and Token']);
  const others = clients.names.filter((name) => !['rare', 'bearer', 'openapi-3.2'].includes(name));
  expect(others.flatMap(lines)).toEqual([]);
});
