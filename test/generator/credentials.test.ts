import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { useFeatures } from './feature-server.ts';

const { server, open, openFetch } = useFeatures(['basic', 'bearer', 'credentials', 'query-key']);

test('a bearer token is sent if the contract requires it, and not required otherwise', async () => {
  let asked = 0;
  const apiKey = () => `token-${++asked}`;
  const client = await open('bearer', { apiKey });
  server.replyJson({ token: 'token-1' });
  expect(await client.logIn({})).toEqual({ token: 'token-1' });
  expect([server.received.headers.authorization, asked]).toEqual([undefined, 0]);
  await client.getMe();
  expect(server.received.headers.authorization).toBe('Bearer token-1');
  server.reply = { status: 204 };
  await client.getNews();
  expect([server.received.headers.authorization, asked]).toEqual([undefined, 1]);
  await client.listAccounts();
  expect(server.received.headers.authorization).toBe('Bearer token-2');
});

test('a header that the caller sets is sent instead of the key', async () => {
  const headers = { Authorization: 'Bot mine' };
  server.replyJson({});
  await (await open('bearer', { apiKey: 'token' })).getMe({ headers });
  expect(server.received.headers.authorization).toBe('Bot mine');
  await (await openFetch('bearer', { apiKey: 'token' })).GET('/me', { headers });
  expect(server.received.headers.authorization).toBe('Bot mine');
});

test('a client without a key can be used in a browser', async () => {
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.stubGlobal('document', {});
  const client = await open('bearer');
  const withKey = open('bearer', { apiKey: 'token' });
  await expect(withKey).rejects.toThrow('set allowBrowser');
  server.replyJson({ token: 't' });
  expect(await client.logIn({})).toEqual({ token: 't' });
});

test('a client can be created without a key if some operations need none', async () => {
  const client = await open('bearer');
  server.replyJson({ token: 't' });
  await client.logIn({});
  await expect(client.getMe()).rejects.toMatchObject({
    name: 'InvalidInputError',
    outcome: 'not-sent',
    message: expect.stringContaining('The API key is missing: the operation needs Token, or Cookie.'),
  });
});

test('a token that the server echoes is not in the error', async () => {
  const client = await open('bearer', { apiKey: 'secret-token' });
  server.replyJson({ detail: 'Bearer secret-token is not known' }, 401);
  const error = await client.getMe().catch((caught: unknown) => caught);
  expect(String(error)).toContain('Bearer [API key] is not known');
  expect(JSON.stringify(error)).not.toContain('secret-token');
});

test('a key can also be sent in the query, or be a user and a password', async () => {
  const inQuery = await open('query-key', { apiKey: 'a&b' });
  await inQuery.getMe({ q: 'x' });
  expect([...new URL(server.received.url ?? '', server.origin).searchParams]).toEqual([
    ['q', 'x'],
    ['api key', 'a&b'],
  ]);
  const api = await openFetch('query-key', { apiKey: 'a&b' });
  const { response } = await api.GET('/me', { params: { query: { q: 'y' } } });
  expect(new URL(server.received.url ?? '', server.origin).searchParams.get('api key')).toBe('a&b');
  expect(response.url).toBe(`${server.origin}/me?q=y`);
  const basic = await open('basic', { apiKey: btoa('dana:secret') });
  await basic.getMe();
  expect(server.received.headers.authorization).toBe(`Basic ${btoa('dana:secret')}`);
});

/** An operation of the contract with several schemes, through each client. */
const faces: [string, (path: string, credentials: object) => Promise<unknown>][] = [
  [
    'methods',
    async (path, credentials) => {
      const client = await open('credentials', { credentials });
      await client[`list${path.charAt(1).toUpperCase()}${path.slice(2)}`]();
    },
  ],
  ['fetch client', async (path, credentials) => (await openFetch('credentials', { credentials })).GET(path)],
];

describe.each(faces)('Several security schemes, %s', (_, call) => {
  const sent = () => {
    const { authorization, 'x-client-id': id, 'x-secret': secret } = server.received.headers ?? {};
    return { authorization, id, secret, url: server.received.url };
  };
  const everything = {
    clientId: 'id',
    secret: 'hidden',
    password: { username: 'dana', password: 'größe:1' },
    token: 'token',
    queryKey: 'a&b',
  };
  const basic = `Basic ${Buffer.from('dana:größe:1').toString('base64')}`;

  beforeEach(() => {
    server.forgetRequest();
  });

  test.each([
    ['/accounts', { id: 'id', secret: 'hidden', authorization: undefined, url: '/accounts' }],
    ['/payments', { id: undefined, secret: undefined, authorization: basic, url: '/payments' }],
    ['/news', { id: undefined, secret: undefined, authorization: 'Bearer token', url: '/news' }],
    ['/files', { id: undefined, secret: undefined, authorization: 'Bearer token', url: '/files?key=a%26b' }],
  ])('%s gets what it requires, and nothing else', async (path, expected) => {
    await call(path, everything);
    expect(sent()).toEqual(expected);
  });

  test('of alternatives, the first with credentials is sent', async () => {
    await call('/payments', { token: 'token' });
    expect(sent().authorization).toBe('Bearer token');
  });

  test('if one alternative needs nothing, a request without credentials is sent', async () => {
    await call('/news', { clientId: 'id' });
    expect(sent()).toEqual({ url: '/news', authorization: undefined, id: undefined, secret: undefined });
  });

  test('an incomplete set of credentials is refused before anything is sent', async () => {
    await expect(call('/accounts', { clientId: 'id' })).rejects.toMatchObject({
      name: 'InvalidInputError',
      message: expect.stringContaining('the operation needs clientId and secret'),
    });
    await expect(call('/payments', { clientId: 'id' })).rejects.toThrow(
      'the operation needs password, or token',
    );
    expect(server.hasReceived).toBe(false);
  });

  test('a function is only called for operations that require its scheme', async () => {
    const token = vi.fn(async () => 'fresh');
    await call('/payments', { token });
    expect([sent().authorization, token.mock.calls.length]).toEqual(['Bearer fresh', 1]);
    await call('/accounts', { clientId: 'id', secret: 'hidden', token });
    expect(token).toHaveBeenCalledTimes(1);
  });

  test('a scheme without credentials is taken from the environment variable of the contract', async () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv('PARCEL_SECRET', 'from-the-environment');
    await call('/accounts', { clientId: 'id' });
    expect(sent().secret).toBe('from-the-environment');
  });
});
