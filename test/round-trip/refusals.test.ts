import {
  type CreateReconnectInvitationRequest,
  createClient,
  createFetchClient,
  HttpError,
  InvalidInputError,
} from 'nectar-openapi';
import { describe, expect, it } from 'vitest';
import { useMock } from './mock.ts';

const connectionId = '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36';
const mock = useMock();

/** Places in the last request that the contract refused. */
function refusedPlaces(): string[] {
  return mock.exchanges.flatMap(({ violations }) => violations.map(({ location }) => location.join('.')));
}

describe('a bad body of createReconnectInvitation is refused, and the place is named', () => {
  it.each<[string, unknown, string]>([
    ['an expiry one second below the bound', { expiresInSeconds: 59 }, 'request.body.expiresInSeconds'],
    ['an expiry with a fraction', { expiresInSeconds: 60.5 }, 'request.body.expiresInSeconds'],
    ['an expiry as text', { expiresInSeconds: '60' }, 'request.body.expiresInSeconds'],
    ['no use at all', { maxUses: 0 }, 'request.body.maxUses'],
    [
      'something that is not an e-mail address',
      { allowedEmails: ['nobody'] },
      'request.body.allowedEmails.0',
    ],
    ['an empty address', { allowedEmails: [''] }, 'request.body.allowedEmails.0'],
    ['addresses that are not an array', { allowedEmails: 'owner@example.com' }, 'request.body.allowedEmails'],
    ['a flag as text', { sendEmail: 'yes' }, 'request.body.sendEmail'],
  ])('%s', async (_, body, place) => {
    const nectar = createClient({ apiKey: 'round-trip-key', baseUrl: mock.url });
    const call = nectar.createReconnectInvitation(connectionId, body as CreateReconnectInvitationRequest);
    await expect(call).rejects.toMatchObject({ name: 'HttpError', status: 400, outcome: 'rejected' });
    expect(refusedPlaces()).toContain(place);
  });

  it.each<[string, CreateReconnectInvitationRequest]>([
    ['the shortest expiry', { expiresInSeconds: 60 }],
    ['a single use', { maxUses: 1 }],
    ['no address', { allowedEmails: [] }],
    ['nothing', {}],
  ])('while %s is accepted', async (_, body) => {
    const nectar = createClient({ apiKey: 'round-trip-key', baseUrl: mock.url });
    await expect(nectar.createReconnectInvitation(connectionId, body)).resolves.toMatchObject({
      status: 'ACTIVE',
    });
    expect(refusedPlaces()).toEqual([]);
  });
});

it('a connection id that is not a UUID is refused by both clients, and by the mock if it is sent anyway', async () => {
  const options = { apiKey: 'round-trip-key', baseUrl: mock.url };
  await expect(createClient(options).createReconnectInvitation('no-uuid')).rejects.toBeInstanceOf(
    InvalidInputError,
  );
  const path = '/invitation/connection/{connection_id}';
  const api = createFetchClient(options);
  const call = { params: { path: { connection_id: 'no-uuid' } }, body: {} };
  await expect(api.POST(path, call)).rejects.toBeInstanceOf(InvalidInputError);
  expect(mock.exchanges).toHaveLength(0);
  const pathSerializer = (template: string) => template.replace('{connection_id}', 'no-uuid');
  const { response } = await api.POST(path, { ...call, pathSerializer });
  expect(response.status).toBe(400);
  expect(refusedPlaces()).toEqual(['request.path.connection_id']);
});

it('a request without a key is refused with 401', async () => {
  const response = await fetch(`${mock.url}/invitation/connection/${connectionId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toHaveProperty('detail');
});

it('an error of the service has its own class', async () => {
  const nectar = createClient({ apiKey: 'round-trip-key', baseUrl: mock.url });
  const call = nectar.createReconnectInvitation(connectionId, {}, { headers: { prefer: 'code=404' } });
  await expect(call).rejects.toBeInstanceOf(HttpError);
});
