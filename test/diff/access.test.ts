import { expect, test } from 'vitest';
import { compareAccess } from '../../scripts/diff/access.ts';

const responses = { 200: { description: 'Done.' } };
const key = { type: 'apiKey', in: 'header', name: 'X-Key' };
const token = { type: 'http', scheme: 'bearer' };

/** A contract of two operations, of which the second has no key. */
function contractOf(more: object, operation: object = {}) {
  return {
    openapi: '3.1.0',
    info: { title: 'Farm', version: '1' },
    paths: {
      '/plots': { get: { responses, ...operation } },
      '/health': { get: { responses, security: [], servers: [{ url: 'https://health.example' }] } },
    },
    components: { securitySchemes: { Key: key, Token: token } },
    ...more,
  };
}

const changesOf = (before: object, now: object) =>
  compareAccess(before as never, now as never).map(({ bump, places, text }) => `${bump} ${places}: ${text}`);

test.each([
  [undefined, [], []],
  [[], [{ Key: [] }], ['major GET /plots: A key is now needed: Key.']],
  [[{ Key: [] }], [], ['minor GET /plots: No key is needed any more.']],
  [[{ Key: [] }], [{}, { Key: [] }], ['minor GET /plots: No key is needed any more.']],
  [[{ Key: [] }], [{ Token: [] }], ['major GET /plots: Key is no longer enough: Token is needed.']],
  [
    [{ Key: [] }],
    [{ Key: [], Token: [] }],
    ['major GET /plots: Key is no longer enough: Key and Token is needed.'],
  ],
  [[{ Key: [] }, { Token: [] }], [{ Token: [] }, { Key: [] }], []],
  [
    [{ Key: [] }],
    [{ Key: [] }, { Token: [] }],
    ['minor GET /plots: Less is enough, or something else: Key, or Token.'],
  ],
  [
    [{ Token: ['read'] }],
    [{ Token: ['read', 'write'] }],
    [
      'major GET /plots: Token and Token, scope read is no longer enough: Token and Token, scope read and Token, scope write is needed.',
    ],
  ],
])('the credentials %j become %j', (before, now, changes) => {
  expect(changesOf(contractOf({ security: before }), contractOf({ security: now }))).toEqual(changes);
  // Of the operation, the same as of the contract.
  if (before)
    expect(changesOf(contractOf({}, { security: before }), contractOf({}, { security: now }))).toEqual(
      changes,
    );
});

test('a scheme with another name is the same', () => {
  const before = contractOf({ security: [{ Key: [] }] });
  const now = contractOf({
    security: [{ ApiKey: [] }],
    components: { securitySchemes: { ApiKey: { ...key, description: 'Sent with each request.' } } },
  });
  expect(changesOf(before, now)).toEqual([]);
});

test.each([
  [[{ url: 'https://a.example' }], [{ url: 'https://a.example/' }], undefined],
  [
    [{ url: 'https://a.example' }],
    [{ url: 'https://b.example' }, { url: 'https://a.example' }],
    'https://b.example',
  ],
  [
    [{ url: 'https://{region}.example', variables: { region: { default: 'eu' } } }],
    [{ url: 'https://{region}.example', variables: { region: { default: 'us' } } }],
    'https://us.example',
  ],
  [
    [{ url: 'https://{region}.example', variables: { region: { default: 'eu' } } }],
    [{ url: 'https://eu.example' }],
    undefined,
  ],
])('the servers %j become %j', (before, now, called) => {
  const changes = changesOf(contractOf({ servers: before }), contractOf({ servers: now }));
  expect(changes.map((each) => / calls (\S+)/.exec(each)?.[1])).toEqual(called ? [called] : []);
});
