import { describe, expect, test } from 'vitest';
import { useFeatures } from './feature-server.ts';

const { clients, server } = useFeatures(['servers', 'server-variables', 'redirects']);

interface Sent {
  url: string;
  key: string | undefined;
}

/** Both clients over a fetch that keeps where each request went. */
async function openBoth(options: object = {}) {
  const sent: Sent[] = [];
  const fetch = async (url: string, { headers }: { headers: Record<string, string> }) => {
    sent.push({ url, key: headers['x-key'] });
    return new Response(null, { status: 204 });
  };
  const given = { apiKey: 'secret', fetch, ...options };
  return {
    sent,
    client: await clients.create('servers', given),
    api: await clients.createFetch('servers', given),
  };
}

describe('An operation with a server of its own', () => {
  test('is sent there with the key, with the defaults of its variables', async () => {
    const { client, api, sent } = await openBoth();
    await client.listParcels();
    await client.listLabels();
    await client.replaceLabels();
    await client.getSame();
    await api.GET('/labels');
    await api.PUT('/labels');
    expect(sent).toEqual([
      { url: 'https://parcels.example/v1/parcels', key: 'secret' },
      { url: 'https://labels.eu.parcels.example/labels', key: 'secret' },
      { url: 'https://parcels.example/v2/labels', key: 'secret' },
      { url: 'https://parcels.example/v1/same', key: 'secret' },
      { url: 'https://labels.eu.parcels.example/labels', key: 'secret' },
      { url: 'https://parcels.example/v2/labels', key: 'secret' },
    ]);
  });

  test('is sent to the baseUrl of the caller, such as a mock', async () => {
    const { client, api, sent } = await openBoth({ baseUrl: 'http://127.0.0.1:4010' });
    await client.listLabels();
    await api.GET('/labels');
    expect(sent.map(({ url }) => url)).toEqual([
      'http://127.0.0.1:4010/labels',
      'http://127.0.0.1:4010/labels',
    ]);
  });

  test('is not sent over plain http without allowInsecure', async () => {
    const refusing = await openBoth();
    await expect(refusing.client.getPlain()).rejects.toThrow('Plain http is for loopback');
    await expect(refusing.api.GET('/plain')).rejects.toThrow('Plain http is for loopback');
    expect(refusing.sent).toEqual([]);
    const { client, sent } = await openBoth({ allowInsecure: true });
    await client.getPlain();
    expect(sent.map(({ url }) => url)).toEqual(['http://plain.parcels.example/plain']);
  });

  test('sends its key to no other origin, even if middleware asks for it', async () => {
    const { api, sent } = await openBoth();
    api.use({
      onRequest: ({ request }: { request: Request }) => new Request('https://parcels.example/v1/x', request),
    });
    await expect(api.GET('/labels')).rejects.toThrow(
      'The API key is only sent to https://labels.eu.parcels.example, not to https://parcels.example.',
    );
    expect(sent).toEqual([]);
  });

  test('has its origin in its events', async () => {
    const origins: string[] = [];
    const observe = ({ type, origin }: { type: string; origin: string }) => {
      if (type === 'call') origins.push(origin);
    };
    const { client } = await openBoth({ observe });
    await client.listParcels();
    await client.listLabels();
    expect(origins).toEqual(['https://parcels.example', 'https://labels.eu.parcels.example']);
  });
});

test('serverUrl fills in the URL of a service', async () => {
  const { serverUrl } = await clients.load('server-variables');
  expect(serverUrl()).toBe('https://demo.eu.parcels.example/v1');
  expect(serverUrl({ region: 'us', 'tenant-id': undefined })).toBe('https://demo.us.parcels.example/v1');
  expect(serverUrl({ 'tenant-id': 'dana' })).toBe('https://dana.eu.parcels.example/v1');
});

describe('An operation whose success is a redirect', () => {
  const open = async () => ({
    client: await clients.create('redirects', { apiKey: 'secret', baseUrl: `${server.origin}/v1` }),
    api: await clients.createFetch('redirects', { apiKey: 'secret', baseUrl: `${server.origin}/v1` }),
  });

  test.each([
    ['https://files.example/label.pdf', 'https://files.example/label.pdf'],
    ['/files/label.pdf', '/files/label.pdf'],
    ['label.pdf', '/v1/parcels/7/label.pdf'],
  ])('returns the target of %s, and does not follow it', async (location, expected) => {
    const { client, api } = await open();
    server.reply = { status: 302, headers: { location } };
    expect(await client.findLabel('7')).toBe(new URL(expected, server.origin).href);
    expect(server.received.url).toBe('/v1/parcels/7/label');
    const { data, response, error } = await api.GET('/parcels/{id}/label', { params: { path: { id: '7' } } });
    expect([data, response.status, error]).toEqual([new URL(expected, server.origin).href, 302, undefined]);
  });

  test('is an InvalidResponseError without a location', async () => {
    const { client } = await open();
    server.reply = { status: 302 };
    await expect(client.findLabel('7')).rejects.toMatchObject({ name: 'InvalidResponseError', status: 302 });
  });

  test('still has its errors', async () => {
    const { client } = await open();
    server.reply = { status: 404, type: 'application/json', body: '{}' };
    await expect(client.findLabel('7')).rejects.toMatchObject({ name: 'HttpError', status: 404 });
  });

  test('only returns it if the contract has no other success', async () => {
    const { client, api } = await open();
    server.reply = { status: 302, headers: { location: '/elsewhere' } };
    await expect(client.getParcel('7')).rejects.toMatchObject({ name: 'RedirectError' });
    await expect(api.GET('/parcels/{id}', { params: { path: { id: '7' } } })).rejects.toMatchObject({
      name: 'RedirectError',
    });
  });
});
