import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { FaultServer, json } from './fault-server.ts';
import { connect, FACES, failureOf, KEY } from './subject.ts';

class HttpLibraryError extends Error {
  override name = 'HTTPError';
  code = 'ERR_BAD_REQUEST';
  request = new Request('https://example.com', { headers: { 'x-api-key': KEY } });
  config = { headers: new Headers({ 'x-api-key': KEY }), nested: new Map([[KEY, [KEY]]]) };
  #hidden = KEY;
  constructor(message: string) {
    super(message);
    Object.assign(this, { [Symbol('request')]: { headers: { 'x-api-key': KEY } } });
  }

  get hidden(): string {
    return this.#hidden;
  }
}

function cyclic(): Error {
  const error: Error & { cause?: unknown } = new Error(KEY);
  error.cause = new AggregateError([error, new Error(KEY)], KEY, { cause: error });
  return error;
}

const errors: [string, () => unknown][] = [
  ['like that of ky or axios', () => new HttpLibraryError(`Sent ${KEY}`)],
  ['that is frozen', () => Object.freeze(new HttpLibraryError(KEY))],
  ['with a cycle of causes', cyclic],
  [
    'with a long chain of causes',
    () => {
      let error = new Error(KEY);
      for (let level = 0; level < 5000; level++) error = new Error(KEY, { cause: error });
      return error;
    },
  ],
  ['that is a string', () => `Failed with ${KEY}`],
  ['that is a plain object', () => ({ message: KEY, headers: { 'x-api-key': KEY } })],
  ['that is an object without a message', () => ({ request: { key: KEY } })],
  ['that is a DOMException', () => new DOMException(KEY, 'NetworkError')],
  ['that is a Request', () => new Request('https://example.com', { headers: { 'x-api-key': KEY } })],
  ['that is a list', () => [KEY]],
  ['that is nothing', () => undefined],
  ['that is null', () => null],
  ['that is a symbol', () => Symbol(KEY)],
  ['that is a function', () => Object.assign(() => KEY, { key: KEY })],
  [
    'with a getter that throws',
    () => ({
      get message() {
        throw new Error(KEY);
      },
    }),
  ],
  ['with a message of 5 MB', () => new Error(KEY + 'x'.repeat(5_000_000))],
  [
    'with fields of the wrong kind',
    () => ({ message: { [KEY]: KEY }, name: [KEY], code: { KEY }, stack: 7, errors: KEY }),
  ],
  [
    'that is hostile through and through',
    () =>
      new Proxy(
        {},
        {
          get: () => {
            throw new Error(KEY);
          },
          getPrototypeOf: () => {
            throw new Error(KEY);
          },
        },
      ),
  ],
];

describe.each(FACES)('%s', (face) => {
  test.each(errors)('The cause of a failed fetch is a copy without the key: an error %s', async (_, make) => {
    const thrown = make();
    const send = () => Promise.reject(thrown);
    const error = await failureOf(
      connect(face, 'https://example.com', { fetch: send, maxRetries: 0 }).POST(),
    );
    expect(error).toMatchObject({ name: 'ConnectionError', outcome: 'unknown' });
    const shown = inspect(error, { depth: 20, showHidden: true, maxStringLength: null });
    for (const text of [shown, JSON.stringify(error), String(error.cause)]) expect(text).not.toContain(KEY);
    expect(shown.length).toBeLessThan(100_000);
    expect(error.cause === thrown && typeof thrown === 'object').toBe(false);
  });

  test('A copy has the name, the code, the message and the causes of the original', async () => {
    const cause = Object.assign(new RangeError('The inner one'), { code: 'EINNER' });
    const thrown = new AggregateError([new Error('One'), 'two'], 'The outer one', { cause });
    const send = () => Promise.reject(thrown);
    const error = await failureOf(
      connect(face, 'https://example.com', { fetch: send, maxRetries: 0 }).POST(),
    );
    expect(error.cause).toBeInstanceOf(Error);
    expect(error.cause).toMatchObject({
      name: 'AggregateError',
      message: 'The outer one',
      stack: expect.stringContaining('foreign-errors.test'),
      cause: { name: 'RangeError', message: 'The inner one', code: 'EINNER' },
      errors: [{ message: 'One' }, 'two'],
    });
  });

  test('The reason of an abort and the error of an apiKey function are copies as well', async () => {
    const reason = new HttpLibraryError(KEY);
    const client = connect(face, 'https://example.com');
    const apiKey = () => Promise.reject(reason);
    for (const options of [{ signal: AbortSignal.abort(reason) }, { apiKey }]) {
      const error = await failureOf(client.GET(options));
      expect(error.cause).toMatchObject({ name: 'HTTPError', code: 'ERR_BAD_REQUEST' });
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(KEY);
    }
  });
});

describe('Redaction', () => {
  async function bodyWith(apiKey: string, detail: string): Promise<unknown> {
    await using server = await FaultServer.start(json(400, { detail }));
    return (await connect('methods', server.origin, { apiKey }).POST()).error?.message;
  }

  test.each([
    [
      'any',
      'Is any company, "any" or any_one of Anyany?',
      'Is [API key] company, "[API key]" or [API key]_one of Anyany?',
    ],
    ['a.b', 'a.b, axb, a.bc and ka.b', '[API key], axb, a.bc and ka.b'],
    ['1234567890abcdef', 'x1234567890abcdefx', 'x[API key]x'],
    ['key-$&', 'It is key-$&', 'It is [API key]'],
    ['sk+/long=enough=key', 'of sk%2B%2Flong%3Denough%3Dkey', 'of [API key]'],
  ])('of the key %s', async (apiKey, detail, redacted) => {
    expect(await bodyWith(apiKey, detail)).toContain(redacted);
  });

  test('also removes the keys of earlier attempts', async () => {
    await using server = await FaultServer.start(
      json(429, {}),
      json(400, { detail: 'first-key second-key' }),
    );
    let turn = 0;
    const apiKey = () => ['first-key', 'second-key'][turn++] ?? '';
    const error = await failureOf(connect('methods', server.origin, { apiKey }).POST());
    expect(error.message).toContain('400: [API key] [API key].');
  });
});
