import { expect, test } from 'vitest';
import { useFeatures } from './feature-server.ts';
import { generateFeature } from './features.ts';

const { clients, server, open, openFetch } = useFeatures();

test('header parameters are fields of options.headers, and those that are undefined are not sent', async () => {
  const client = await open('headers');
  await client.getParcel(7, {
    headers: { 'X-Tenant': 'a', 'X-Depth': 2, 'X-Fields': ['id', 'weight'], extra: 'b' },
  });
  expect(server.received).toMatchObject({
    url: '/parcels/7',
    headers: { 'x-tenant': 'a', 'x-depth': '2', 'x-fields': 'id, weight', extra: 'b' },
  });
  await client.getParcel(7, { headers: { 'X-Tenant': 'a', 'X-Depth': undefined } });
  expect(server.received.headers).not.toHaveProperty('x-depth');
  await client.listParcels();
  await client.listParcels({ timeout: 5000 });
  await client.createParcel(undefined, { headers: { 'X-Tenant': 'a' } });
  expect(server.received.headers['x-tenant']).toBe('a');
});

test('an array in the query is repeated, or one value with the delimiter that the contract names', async () => {
  const client = await open('query');
  server.replyJson({ parcels: [], more: false });
  const query = { depot: 'north', tags: ['a', 'b c'], ids: [1, 2], 'size[]': ['s', 'm'], words: ['x', 'y'] };
  await client.listParcels(query);
  expect([...new URL(server.received.url, server.origin).searchParams]).toEqual([
    ['depot', 'north'],
    ['tags', 'a'],
    ['tags', 'b c'],
    ['ids', '1,2'],
    ['size[]', 's|m'],
    ['words', 'x y'],
  ]);
  await client.listParcels({ depot: 'north', 'size[]': null });
  expect(server.received.url).toBe('/parcels?depot=north');
});

test('every page of a list is requested with the whole query', async () => {
  const client = await open('query');
  server.replyJson({ parcels: ['a'], more: true });
  for await (const parcel of client.listParcels({ depot: 'north', ids: [1, 2] })) {
    if (parcel === 'b') break;
    server.replyJson({ parcels: ['b'], more: true });
  }
  expect([...new URL(server.received.url, server.origin).searchParams]).toEqual([
    ['depot', 'north'],
    ['ids', '1,2'],
    ['page', '2'],
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
    '/parcels/a%2Fb,c?commas=a%2Cb,c&spaces=a%20b&pipes=a%7Cb&names=a%20b&names=c&width=1&height=2&sent%5Bgte%5D=2026' +
    '&sent%5Bby%5D%5B0%5D=x&sent%5Bby%5D%5B1%5D=y&filter=%7B%22deep%22%3A%5B1%5D%7D&next=/a?b=c%26d';
  await (await open('styles')).findParcels(['a/b', 'c'], query);
  expect(server.received.url).toBe(expected);
  await (await openFetch('styles')).GET('/parcels/{ids}', { params: { path: { ids: ['a/b', 'c'] }, query } });
  expect(server.received.url).toBe(expected);
});

test('an empty list and a missing value are omitted from the query', async () => {
  await (await open('styles')).findParcels(['a'], {
    commas: [],
    names: [],
    size: {},
    sent: undefined,
    next: null,
  });
  expect(server.received.url).toBe('/parcels/a');
});

test('a value that cannot be part of a URL is refused with its place', async () => {
  const client = await open('styles');
  await expect(client.findParcels(['a'], { size: { width: Number.NaN } })).rejects.toThrow(
    'The query parameter size is NaN',
  );
  await expect(client.findParcels([{}], {})).rejects.toThrow('The path parameter ids is of the type Object');
});

test('an operation with only documented errors returns undefined', async () => {
  const client = await open('responses');
  expect(await client.checkJobs()).toBeUndefined();
  server.replyJson({ id: 'j' });
  expect(await client.checkJobs()).toBeUndefined();
  server.replyJson({ reason: 'no' }, 409);
  await expect(client.checkJobs()).rejects.toMatchObject({ status: 409, body: { reason: 'no' } });
});

test('operations behind references work like any other', async () => {
  const client = await open('references');
  server.replyJson({ weight: 3 });
  expect(await client.putParcel('first', { weight: 3 })).toEqual({ weight: 3 });
  expect(server.received).toMatchObject({ method: 'PUT', url: '/parcels/first' });
});

test('each operation has its own method, named after it, even with an odd name', async () => {
  const client = await open('method-names');
  const paths: Record<string, string> = {};
  for (const name of Object.keys(client)) {
    await client[name]('1', '2', '3', '4');
    paths[name] = server.received.url;
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

test('what a method cannot do is a warning with its place and the reason', async () => {
  const { warnings, files } = await generateFeature('rare');
  expect(warnings.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '7 GET /bodies has a method that leaves out what cannot be sent: it is a GET with a body, which fetch does not send.',
    '10 HEAD /bodies has no method: it is a HEAD with a body, which fetch does not send.',
    '13 POST /bodies has no method: its request body is multipart/mixed.',
    '16 TRACE /bodies has no method: fetch does not send TRACE.',
    '21 POST /responses has no method: its response 200 is multipart/mixed.',
    '23 PATCH /responses has no method: its success statuses differ in the kind of their bodies.',
    '26 GET /secrets has no method: it requires the security Key and Challenge or Challenge.',
    `31 PUT /secrets has no method: the query parameter near ${listOfObjects}`,
    `38 GET /nearby has a method that leaves out what cannot be sent: the query parameter near ${listOfObjects}`,
    `43 PUT /nearby has a method that leaves out what cannot be sent: the header parameter X-Tags ${listOfObjects}`,
  ]);
  expect(files.get('client.ts')).toContain(
    "query?: Omit<NonNullable<paths['/nearby']['get']['parameters']['query']>, 'near'>,",
  );
  const others = clients.names.filter((each) => !['rare', 'openapi-3.2'].includes(each));
  expect(others.flatMap((each) => clients.skipped.get(each))).toEqual([]);
});

const listOfObjects =
  'is a list of objects, for which OpenAPI defines no text. Describe it by content, such as application/json.';

test('what fetch does not send is refused by both clients, before it is sent', async () => {
  const api = await openFetch('rare', { apiKey: 'parcel-key' });
  server.forgetRequest();
  await expect(api.TRACE('/bodies')).rejects.toThrow(
    'TRACE /bodies was not sent. fetch does not send TRACE.',
  );
  const refused = 'GET /bodies was not sent. fetch does not send GET with a body.';
  await expect(api.GET('/bodies', { body: {} })).rejects.toThrow(refused);
  await expect(api.GET('/nearby', { params: { query: { near: [{ lat: 1 }] } } })).rejects.toThrow(
    'The query parameter near is of the type Object, which cannot be written as text.',
  );
  expect(server.hasReceived).toBe(false);
});
