import { Agent, getGlobalDispatcher, ProxyAgent, setGlobalDispatcher } from 'undici';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deadOrigin, FaultServer, json, reset, stall } from './fault-server.ts';
import { connect, FACES, failureOf, ID } from './subject.ts';
import { ConnectProxy, TcpServer } from './tcp-server.ts';
import { TlsServer, Trusting } from './tls-server.ts';

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Whatever keeps a request from a connection allows a retry, of a create as well. */
const notSent = { name: 'ConnectionError', outcome: 'not-sent', attempts: 2 };

async function failCreate(face: (typeof FACES)[number], baseUrl: string, options: object = {}) {
  return await failureOf(connect(face, baseUrl, { maxRetries: 1, ...options }).POST());
}

describe.each(FACES)('%s: a create was not sent', (face) => {
  test('if the certificate is from an unknown authority', async () => {
    await using server = await TlsServer.start('valid');
    const error = await failCreate(face, server.origin);
    expect(error).toMatchObject(notSent);
    expect(JSON.stringify(error.cause, ['cause', 'code'])).toContain('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(server.count).toBe(0);
  });

  test.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['other-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('where the certificate is %s', async (certificate, code) => {
    await using server = await TlsServer.start(certificate);
    await using trusting = new Trusting();
    const { fetchOptions } = trusting;
    const error = await failCreate(face, server.origin, { fetchOptions });
    expect(error).toMatchObject({ ...notSent, cause: { cause: { code } } });
    expect(server.count).toBe(0);
  });

  test('if the two share no version of TLS', async () => {
    await using server = await TlsServer.start('valid', { minVersion: 'TLSv1.3' });
    await using trusting = new Trusting({ maxVersion: 'TLSv1.2' });
    const { fetchOptions } = trusting;
    expect(await failCreate(face, server.origin, { fetchOptions })).toMatchObject(notSent);
  });

  test('where a client certificate is refused before the request, as under TLS 1.2', async () => {
    await using server = await TlsServer.start('valid', { requestCert: true, maxVersion: 'TLSv1.2' });
    await using trusting = new Trusting();
    const { fetchOptions } = trusting;
    expect(await failCreate(face, server.origin, { fetchOptions })).toMatchObject(notSent);
  });

  test.each([
    ['is reset', reset],
    ['meets no TLS', json(200, {})],
  ])('where the handshake %s', async (_, behave) => {
    await using server = await TcpServer.start((socket) =>
      socket.once('data', () => behave(socket, { method: '', url: '', headers: {}, body: '' })),
    );
    expect(await failCreate(face, server.origin('https'))).toMatchObject(notSent);
  });

  test('where the handshake takes too long for the dispatcher', async () => {
    await using server = await TcpServer.start(() => {});
    await using trusting = new Trusting({ timeout: 50 });
    const { fetchOptions } = trusting;
    const error = await failCreate(face, server.origin('https'), { fetchOptions });
    expect(error).toMatchObject({ ...notSent, cause: { cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } } });
  });

  test('where the handshake takes longer than timeout', async () => {
    await using server = await TcpServer.start(() => {});
    const error = await failCreate(face, server.origin('https'), { timeout: 40 });
    expect(error).toMatchObject({ ...notSent, name: 'TimeoutError' });
  });

  test.each([403, 407, 502])('where a proxy refuses CONNECT with %i', async (status) => {
    await using target = await FaultServer.start(json(200, { id: ID }));
    await using proxy = await ConnectProxy.respondingWith(status);
    const dispatcher = new ProxyAgent(proxy.origin('http'));
    const error = await failCreate(face, target.origin, { fetchOptions: { dispatcher } });
    await dispatcher.destroy();
    expect(error).toMatchObject(notSent);
    expect([proxy.count, target.open]).toEqual([2, 0]);
  });

  test('where a proxy for the whole process cannot be reached', async () => {
    await using target = await FaultServer.start(json(200, { id: ID }));
    const dispatcher = getGlobalDispatcher();
    const proxy = new ProxyAgent(await deadOrigin());
    setGlobalDispatcher(proxy);
    try {
      expect(await failCreate(face, target.origin)).toMatchObject(notSent);
    } finally {
      setGlobalDispatcher(dispatcher);
      await proxy.destroy();
    }
    expect(target.open).toBe(0);
  });

  test('where fetch blocks the port', async () => {
    expect(await failCreate(face, 'http://127.0.0.1:6000')).toMatchObject({
      ...notSent,
      cause: { cause: { message: 'bad port' } },
    });
  });

  test.each(['transfer-encoding', 'Content-Length', 'connection'])(
    'because HTTP computes the header %s',
    async (name) => {
      await using server = await FaultServer.start(json(200, { id: ID }));
      const error = await failureOf(connect(face, server.origin).POST({ headers: { [name]: '5' } }));
      expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent', attempts: 0 });
      expect(error.message).toContain(`headers contains ${name.toLowerCase()}, which HTTP computes itself`);
      expect(server.count).toBe(0);
    },
  );
});

describe.each(FACES)('%s', (face) => {
  test('A client certificate that is refused after the request, as under TLS 1.3, leaves the outcome unknown', async () => {
    await using server = await TlsServer.start('valid', { requestCert: true, minVersion: 'TLSv1.3' });
    await using trusting = new Trusting();
    const { fetchOptions } = trusting;
    const error = await failCreate(face, server.origin, { fetchOptions });
    expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'unknown', attempts: 1 });
  });

  test('A certificate of a trusted authority is accepted', async () => {
    await using server = await TlsServer.start('valid');
    await using trusting = new Trusting();
    const { fetchOptions } = trusting;
    expect((await connect(face, server.origin, { fetchOptions }).POST()).end).toBe('data');
    expect(server.count).toBe(1);
  });

  test('A proxy that forwards a request has no effect, and if it loses the response, the outcome is unknown', async () => {
    await using target = await FaultServer.start(json(200, { id: ID }), reset);
    await using proxy = await ConnectProxy.respondingWith(200);
    const dispatcher = new ProxyAgent(proxy.origin('http'));
    const client = connect(face, target.origin, { fetchOptions: { dispatcher } });
    expect((await client.POST()).end).toBe('data');
    expect(await failureOf(client.POST())).toMatchObject({ outcome: 'unknown', attempts: 1 });
    await dispatcher.destroy();
    expect(target.count).toBe(2);
  });

  test('A dispatcher of one call replaces that of the client', async () => {
    await using server = await TlsServer.start('valid');
    await using trusting = new Trusting();
    const client = connect(face, server.origin, { fetchOptions: { dispatcher: new Agent() } });
    expect((await client.GET({ fetchOptions: trusting.fetchOptions })).end).toBe('data');
  });

  test('A 421 that fetch retries by itself is counted', async () => {
    await using server = await FaultServer.start(json(421, {}));
    const settled = await connect(face, server.origin, { maxRetries: 0 }).POST();
    expect(settled).toMatchObject({ end: 'HttpError', status: 421 });
    if (settled.error) expect(settled.error).toMatchObject({ attempts: server.count, outcome: 'rejected' });
  });

  test('timeout Infinity overrides the limits of undici', async () => {
    await using server = await FaultServer.start(
      (socket) => setTimeout(() => json(200, { id: ID })(socket, {} as never), 1500),
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{');
        setTimeout(() => socket.write('}'), 1500);
      },
      stall,
    );
    const dispatcher = new Agent({ headersTimeout: 100, bodyTimeout: 100 });
    const limits = { timeout: Number.POSITIVE_INFINITY, totalTimeout: Number.POSITIVE_INFINITY };
    const client = connect(face, server.origin, { fetchOptions: { dispatcher }, maxRetries: 0, ...limits });
    expect([(await client.POST()).end, (await client.POST()).end]).toEqual(['data', 'data']);
    await dispatcher.destroy();
  });
});
