import { describe, expect, test } from 'vitest';
import { FaultServer, json } from './fault-server.ts';
import { connect, errorOf, FACES, failureOf, fetchClient, ID, methodClient } from './subject.ts';

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

let deep: unknown = [];
for (let level = 0; level < 100_000; level++) deep = [deep];

describe.each(FACES)('%s', (face) => {
  test.each<[string, object, string]>([
    ['NaN', { maxUses: Number.NaN }, 'body.maxUses is NaN, which JSON cannot represent.'],
    ['Infinity', { maxUses: Number.POSITIVE_INFINITY }, 'body.maxUses is Infinity'],
    ['a BigInt', { maxUses: 1n }, 'body.maxUses is a bigint, which JSON cannot represent. Write it as'],
    ['a function', { maxUses: () => 1 }, 'body.maxUses is a function'],
    ['a symbol', { a: { b: Symbol('s') } }, 'body.a.b is a symbol'],
    [
      'undefined in a list',
      { allowedEmails: ['a@example.com', undefined] },
      'body.allowedEmails[1] is undefined',
    ],
    ['a hole in a list', { allowedEmails: new Array(1) }, 'body.allowedEmails[0] is undefined'],
    ['NaN in a list', { a: [{ b: [0, Number.NaN] }] }, 'body.a[0].b[1] is NaN'],
    [
      'a Date',
      { expires: new Date(0) },
      'body.expires is of the type Date, which JSON cannot represent. Write it as a string',
    ],
    ['a Map', { a: new Map([[1, 2]]) }, 'body.a is of the type Map'],
    ['a Set', { a: new Set([1]) }, 'body.a is of the type Set'],
    ['a regular expression', { a: /b/ }, 'body.a is of the type RegExp'],
    ['a promise', { a: Promise.resolve(1) }, 'body.a is of the type Promise'],
    ['a cycle', cyclic, 'The body is nested too deeply, or contains itself.'],
    ['great depth', { deep }, 'The body is nested too deeply, or contains itself.'],
  ])('%s in a body is refused before it is sent, with its place', async (_, body, says) => {
    await using server = await FaultServer.start(json(200, { id: ID }));
    const error = await failureOf(connect(face, server.origin).POST({ body }));
    expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent', attempts: 0 });
    expect(error.message).toContain(says);
    expect(server.count).toBe(0);
  });

  test('JSON values are sent unchanged', async () => {
    await using server = await FaultServer.start(json(200, { id: ID }));
    class Limits {
      maxUses = 1;
    }
    const body = {
      ...new Limits(),
      left: undefined,
      none: null,
      price: { toJSON: () => '1.00' },
      bare: Object.assign(Object.create(null), { a: 1 }),
      limits: new Limits(),
      list: [1, 'a', true, null],
    };
    await connect(face, server.origin).POST({ body });
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      maxUses: 1,
      none: null,
      price: '1.00',
      bare: { a: 1 },
      limits: { maxUses: 1 },
      list: [1, 'a', true, null],
    });
  });

  test('A body that throws when it is read is refused', async () => {
    await using server = await FaultServer.start(json(200, { id: ID }));
    const hostile = new Proxy({}, { get: () => expect.unreachable() });
    const bodies = [
      {
        toJSON() {
          throw hostile;
        },
      },
      {
        get maxUses() {
          throw new Error('No.');
        },
      },
    ];
    for (const body of bodies)
      expect(await failureOf(connect(face, server.origin).POST({ body }))).toMatchObject({
        name: 'InvalidInputError',
        outcome: 'not-sent',
      });
    expect(server.count).toBe(0);
  });
});

describe('A query', () => {
  test.each([Number.NaN, Number.NEGATIVE_INFINITY, new Map([[1, 2]]), new Date(0), () => 1, Symbol('s')])(
    'with %s is refused by its name',
    async (limit) => {
      await using server = await FaultServer.start(json(200, {}));
      const query = { limit } as object;
      const params = { path: { company_id: ID }, query };
      const errors = await Promise.all(
        [
          methodClient(server.origin).listConnections(ID, query),
          fetchClient(server.origin).GET('/connection/company/{company_id}', { params }),
        ].map(errorOf),
      );
      for (const error of errors) {
        expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent' });
        expect(error.message).toContain('The query parameter limit is ');
      }
      expect(server.count).toBe(0);
    },
  );

  test('contains only values that have a text form', async () => {
    const query = { sites: [ID, new Date(0)] } as object;
    const error = await errorOf(methodClient('https://example.com').listConnections(ID, query));
    expect(error.message).toContain('The query parameter sites is of the type Date');
  });

  test('omits undefined and null, and repeats the name of a list', async () => {
    await using server = await FaultServer.start(json(200, { connections: [], hasNext: false }));
    const query = { limit: undefined, page: null, sites: ['a b', 'c&d'], status: 'ACTIVE' } as object;
    await methodClient(server.origin).listConnections(ID, query);
    await fetchClient(server.origin).GET('/connection/company/{company_id}', {
      params: { path: { company_id: ID }, query },
    });
    const url = `/connection/company/${ID}?sites=a%20b&sites=c%26d&status=ACTIVE`;
    expect(server.requests.map((each) => each.url)).toEqual([url, url]);
  });
});

test('The message for invalid input is one sentence about the call and one about the input', async () => {
  const refused = methodClient('http://127.0.0.1:9').getConnection('no-uuid');
  const { message } = await errorOf(refused);
  expect(message).toBe(
    'GET /connection/{connection_id}/details was not sent. The path parameter connection_id must be a UUID; it is "no-uuid".',
  );
});
