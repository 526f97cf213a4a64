import { expect, test } from 'vitest';
import { useFeatures } from './feature-server.ts';
import { generateFeature } from './features.ts';

const name = 'openapi-3.2';
const { clients, server } = useFeatures([name]);

const open = (options: object = {}) =>
  clients.create(name, { apiKey: 'secret', baseUrl: server.origin, ...options });

test('QUERY is sent with its body, and retried because it is safe', async () => {
  server.reply = { status: 200, type: 'application/json', body: '{"count":2}' };
  expect(await (await open()).searchParcels('north', { text: 'wet' })).toEqual({ count: 2 });
  expect(server.received).toMatchObject({ method: 'QUERY', url: '/parcels/north' });
  expect(server.received.body.toString()).toBe('{"text":"wet"}');
  server.reply = { status: 503, headers: { 'retry-after': '0' } };
  const client = await open({ maxRetries: 1 });
  await expect(client.searchParcels('north', { text: 'wet' })).rejects.toMatchObject({
    method: 'QUERY',
    path: '/parcels/{depot}',
    attempts: 2,
  });
});

test('an additional operation is named after its method and path, and not retried', async () => {
  server.reply = { status: 503 };
  const client = await open({ maxRetries: 1 });
  await expect(client.copyParcelsDepot('north')).rejects.toMatchObject({ attempts: 1 });
  expect(server.received).toMatchObject({ method: 'COPY', url: '/parcels/north' });
});

test('the fetch client sends it by request()', async () => {
  server.reply = { status: 200, type: 'application/json', body: '{"count":2}' };
  const api = await clients.createFetch(name, { apiKey: 'secret', baseUrl: server.origin });
  const { data } = await api.request('QUERY', '/parcels/{depot}', {
    params: { path: { depot: 'north' } },
    body: { text: 'wet' },
  });
  expect(data).toEqual({ count: 2 });
  expect(server.received).toMatchObject({ method: 'QUERY', url: '/parcels/north' });
});

test('an unsupported part is a warning with its place', async () => {
  const { warnings, skipped, files } = await generateFeature(name);
  expect(warnings.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    expect.stringMatching(/^\d+: QUERY \/parcels\/\{depot\} has a method\. Prism does not know QUERY/),
    expect.stringMatching(/^\d+: COPY \/parcels\/\{depot\} has a method\. Prism does not know COPY/),
    '24: GET /raw has a method that leaves out what cannot be sent: its parameter all is the whole query string.',
  ]);
  expect(skipped).toEqual([]);
  // The place that stands for QUERY is in no type that a caller sees.
  expect(files.get('schema.ts')).not.toContain('/parcels/{depot} QUERY');
  expect(files.get('openapi.yaml')).toContain('openapi: 3.2.0');
});
