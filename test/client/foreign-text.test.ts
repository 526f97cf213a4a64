import fc from 'fast-check';
import { createClient, createFetchClient, createTransport } from 'nectar-openapi';
import { describe, expect, test } from 'vitest';
import { byLink } from '../../scripts/runtime/lists.ts';
import { Redactor } from '../../scripts/runtime/redact.ts';
import { FaultServer, json, respond } from './fault-server.ts';
import {
  connect,
  errorOf,
  FACES,
  failureOf,
  fetchClient,
  fetchSubject,
  ID,
  KEY,
  methodSubject,
} from './subject.ts';

/** What `byLink` finds in a `Link` header. */
function nextOf(link: string): string | undefined {
  const url = 'https://api.example/items';
  const response = { headers: { get: () => link } } as unknown as Response;
  const source = { response, url } as unknown as Parameters<ReturnType<typeof byLink>>[0]['source'];
  return byLink(undefined)({ body: {}, items: [], query: {}, source })?.url;
}

const megabyte = 2 ** 20;

describe('a Link header', () => {
  test.each([
    ['<https://api.example/2>; rel="next"', '2'],
    ['<https://api.example/2>;rel=next', '2'],
    ['<https://api.example/1>; rel="prev", <https://api.example/2>; rel="next"', '2'],
    ['<https://api.example/2>; title="a, b; rel=prev"; REL = "last Next"', '2'],
    [
      '<https://api.example/1>; title="<https://api.example/3>; rel=next", <https://api.example/2> ; rel=next',
      '2',
    ],
    ['<https://api.example/1,2>; rel=next', '1,2'],
    ['<https://api.example/1>; rel=prev; rel=next', undefined],
    ['<https://api.example/1>; rel="prev next-one"', undefined],
    ['<https://api.example/1>; rel="prev, <https://api.example/2>; rel=next', undefined],
    ['<https://api.example/1; rel=next', undefined],
    ['https://api.example/1; rel=next', undefined],
    ['', undefined],
  ])('%s leads to %s', (link, path) => {
    expect(nextOf(link)).toBe(path === undefined ? undefined : `https://api.example/${path}`);
  });

  test.each([
    '<',
    '<>',
    '<>;',
    '<a>;x="',
    '<a>;x="\\"',
    '<a> ; ',
    '<a>;rel=',
    ';',
    '"',
    '\\',
    ' ',
    '<a>; rel="x" ',
    '<a>,',
  ])('of a megabyte of %s is read at once', (part) => {
    const text = part.repeat(megabyte / part.length);
    for (const link of [text, `<a>${text}`, `<a>; rel="${text}`, `${text}>`]) nextOf(link);
  });
});

/** Every way in which a server can write a character of a key. */
const encodings: ((character: string) => string)[] = [
  (character) => character,
  (character) => JSON.stringify(character).slice(1, -1),
  (character) => JSON.stringify(JSON.stringify(character)).slice(3, -3).replaceAll('/', '\\/'),
  (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  (character) => `%${character.charCodeAt(0).toString(16)}`,
  (character) => `%25${character.charCodeAt(0).toString(16).toUpperCase()}`,
  (character) => `&#${character.charCodeAt(0)};`,
  (character) => `&#X${character.charCodeAt(0).toString(16)};`,
  (character) =>
    ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character] ?? character,
  (character) => (character === ' ' ? '+' : character),
];

describe('a key', () => {
  test('is redacted in any mixture of encodings', () => {
    const key = fc.string({
      unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
      minLength: 16,
    });
    fc.assert(
      fc.property(key, fc.infiniteStream(fc.constantFrom(...encodings)), (text, ways) => {
        const redactor = new Redactor();
        redactor.add(text);
        const written = Array.from(text, (character) => (ways.next().value ?? String)(character)).join('');
        expect(redactor.text(`before ${written} after`)).toBe('before [API key] after');
      }),
      { numRuns: 300 },
    );
  });

  test.each(['\\', '%25', '%', '&#0', '&amp;', 'sk', KEY.slice(0, -1), ' '])(
    'is looked for in a megabyte of %s at once',
    (part) => {
      const redactor = new Redactor();
      redactor.add(KEY);
      redactor.add('short');
      const text = part.repeat(megabyte / part.length);
      // Not printed, as it is long.
      const safe = redactor.text(`${text}${KEY}`);
      expect([safe.endsWith('[API key]'), safe.includes(KEY)]).toEqual([true, false]);
    },
  );

  test('that is empty is not a key', () => {
    const redactor = new Redactor();
    redactor.add('');
    expect(redactor.text('a - b')).toBe('a - b');
  });

  test('of one call stays out of an error that its serializer throws', async () => {
    const apiKey = 'the-key-of-one-tenant-4711';
    const client = fetchClient('http://127.0.0.1:9');
    const call = client.POST('/invitation/connection/{connection_id}', {
      params: { path: { connection_id: ID } },
      body: {},
      apiKey,
      bodySerializer: () => {
        throw new Error(`Cannot write ${apiKey}`, { cause: new Error(apiKey) });
      },
    });
    const error = await errorOf(call);
    expect(`${error.stack} ${JSON.stringify(error)} ${Object(error.cause).message}`).not.toContain(apiKey);
    expect(error.message).toContain('Cannot write [API key]');
  });

  test.each(FACES)(
    'of the %s that is empty is refused, and not replaced by that of the client',
    async (face) => {
      await using server = await FaultServer.start(json(200, { id: ID }));
      const error = await failureOf(connect(face, server.origin).GET({ apiKey: '' }));
      expect(error).toMatchObject({ name: 'InvalidInputError', outcome: 'not-sent' });
      expect(server.count).toBe(0);
    },
  );
});

test.each(FACES)('%s: a call that waits for a slot waits for the pause of a 429 as well', async (face) => {
  const limited = respond(429, '{}', { 'retry-after': '50' });
  await using server = await FaultServer.start(limited, json(200, { id: ID }));
  const transport = createTransport({ apiKey: KEY, baseUrl: server.origin, maxConcurrent: 1, maxRetries: 0 });
  const client =
    face === 'methods' ? methodSubject(createClient(transport)) : fetchSubject(createFetchClient(transport));
  const first = client.POST();
  const second = failureOf(client.POST({ totalTimeout: 1_000 }));
  expect((await first).status).toBe(429);
  expect(await second).toMatchObject({ name: 'TimeoutError', outcome: 'not-sent', attempts: 0 });
  expect(server.count).toBe(1);
});
