import { eventId, signTestEvent, unwrap } from 'nectar-openapi/webhooks';
import { expect, test } from 'vitest';
import { secret } from './secret.ts';

const { body, headers } = signTestEvent({ eventType: 'connection.created.v2' }, secret);

test.each<unknown>([
  'whsec_undefined',
  'undefined',
  'null',
  'whsec_null',
  'whsec_',
  '',
  'whsec_AA==',
  `whsec_${btoa('twenty-three bytes long')}`,
  undefined,
  null,
  0,
  {},
])('the secret %j is refused by each function', (weak) => {
  const refusal = expect.objectContaining({ name: 'WebhookError', reason: 'bad-secret' });
  expect(() => unwrap(body, headers, weak as string)).toThrow(refusal);
  expect(() => unwrap(body, headers, [secret, weak as string])).toThrow(refusal);
  expect(() => signTestEvent({}, weak as string)).toThrow(refusal);
});

test('a secret of 24 bytes is accepted, with and without its prefix', () => {
  for (const strong of [`whsec_${btoa('twenty-four bytes long!!')}`, btoa('twenty-four bytes long!!')]) {
    const signed = signTestEvent({ eventType: 'connection.created.v2' }, strong);
    expect(unwrap(signed.body, signed.headers, strong).eventType).toBe('connection.created.v2');
  }
});

test.each<unknown>([undefined, null, 5, 'svix-id', [], {}, new Map(), [[5, 'x']]])(
  'the headers %j are missing ones',
  (none) => {
    const refusal = expect.objectContaining({ name: 'WebhookError', reason: 'missing-header' });
    expect(() => unwrap(body, none as Headers, secret)).toThrow(refusal);
    expect(() => eventId(none as Headers)).toThrow(refusal);
  },
);
