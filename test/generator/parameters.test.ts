import { describe, expect, test } from 'vitest';
import { useFeatures } from './feature-server.ts';

const { server, open, openFetch } = useFeatures(['parameters']);

const where = { city: 'Bad Ems/1', floor: 2, unknown: undefined };

/** Calls an operation through each client, with its path parameters in order. */
const faces = {
  async methods(
    operation: string,
    _path: string,
    values: Record<string, unknown>,
    rest: unknown[],
    headers?: object,
  ) {
    const client = await open('parameters');
    await client[operation](...Object.values(values), ...rest, { headers });
  },
  async 'fetch client'(
    _operation: string,
    path: string,
    values: Record<string, unknown>,
    [query]: unknown[],
    header?: object,
  ) {
    const api = await openFetch('parameters');
    await api.GET(path, { params: { path: values, query, header } });
  },
};

describe.each(Object.entries(faces))('%s', (_, call) => {
  test('JSON in the path, the query and a header', async () => {
    await call('findByJson', '/json/{where}', { where }, [{ where }], { 'X-Where': where });
    const json = '{"city":"Bad Ems/1","floor":2}';
    const url = new URL(server.received.url ?? '', server.origin);
    expect(url.pathname).toBe(`/json/${encodeURIComponent(json)}`);
    expect([...url.searchParams]).toEqual([['where', json]]);
    expect(server.received.headers['x-where']).toBe(json);
  });

  test('text in the path, the query and a header', async () => {
    await call('findByText', '/text/{note}', { note: 'a b' }, [{ note: 'c/d' }], { 'X-Note': 'e' });
    expect(server.received.url).toBe('/text/a%20b?note=c%2Fd');
    expect(server.received.headers['x-note']).toBe('e');
  });

  test.each([undefined, null])('a parameter that is %s is left out', async (nothing) => {
    await call('findByJson', '/json/{where}', { where: {} }, [{ where: nothing }], { 'X-Where': nothing });
    expect(server.received.url).toBe('/json/%7B%7D');
    expect(server.received.headers).not.toHaveProperty('x-where');
  });

  test('objects in the path and in headers', async () => {
    const headers = { 'X-Flat': where, 'X-Exploded': where };
    await call('findBySimple', '/simple/{flat}/{exploded}', { flat: where, exploded: where }, [], headers);
    expect(server.received.url).toBe('/simple/city,Bad%20Ems%2F1,floor,2/city=Bad%20Ems%2F1,floor=2');
    expect(server.received.headers).toMatchObject({
      'x-flat': 'city,Bad Ems/1,floor,2',
      'x-exploded': 'city=Bad Ems/1,floor=2',
    });
  });

  test('labels', async () => {
    const values = { one: 'a.b', flat: ['x', 'y z'], exploded: ['x', 'y'], object: where };
    await call('findByLabel', '/label/{one}/{flat}/{exploded}/{object}', values, []);
    expect(server.received.url).toBe('/label/.a.b/.x,y%20z/.x.y/.city=Bad%20Ems%2F1.floor=2');
  });

  test('matrices', async () => {
    const values = { one: 'a;b', flat: ['x', 'y'], exploded: ['x', 'y'], object: where, fields: where };
    await call('findByMatrix', '/matrix/{one}/{flat}/{exploded}/{object}/{fields}', values, []);
    expect(server.received.url).toBe(
      '/matrix/;one=a%3Bb/;flat=x,y/;exploded=x;exploded=y/;object=city,Bad%20Ems%2F1,floor,2/;city=Bad%20Ems%2F1;floor=2',
    );
  });

  test('a value that cannot be part of a URL or JSON is refused before anything is sent', async () => {
    server.forgetRequest();
    const bad = { city: () => {}, floor: Number.NaN };
    await expect(call('findByJson', '/json/{where}', { where: bad }, [])).rejects.toMatchObject({
      name: 'InvalidInputError',
    });
    await expect(
      call('findByJson', '/json/{where}', { where }, [], { 'X-Where': bad }),
    ).rejects.toMatchObject({
      name: 'InvalidInputError',
    });
    const values = { one: '.', flat: ['x'], exploded: ['x'], object: where };
    await expect(call('findByLabel', '/label/{one}/{flat}/{exploded}/{object}', values, [])).rejects.toThrow(
      'must not be empty, "." or ".."',
    );
    expect(server.hasReceived).toBe(false);
  });
});
