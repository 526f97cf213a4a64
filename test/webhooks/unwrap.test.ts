import { eventId, type HeaderPrefix, signTestEvent, unwrap } from 'nectar-openapi/webhooks';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Json, loadContract, resolve } from '../contract/contract.ts';
import { eventForms } from '../contract/event-forms.ts';
import { otherSecret, secret } from './secret.ts';

const contract = await loadContract();

const examples = Object.entries<Json>(contract.webhooks).flatMap(([event, { post }]) =>
  Object.entries<Json>(post.requestBody.content['application/json'].examples).map(
    ([name, example]): [string, Json] => [`${event}: ${name}`, resolve(contract, example).value],
  ),
);

const unlisted: [string, Json][] = [
  ['an event that the contract does not list', { eventType: 'connection.moved.v9', note: ['Hello.'] }],
  ['an object with nothing in it', {}],
  ['letters of every kind', { name: '\ufeffGrüße, 電気 🔌\u2028' }],
];

describe('the event is returned as it was sent', () => {
  test('the contract has examples of each event', () => {
    expect(examples.length).toBeGreaterThanOrEqual(Object.keys(contract.webhooks).length);
  });

  test.each([...examples, ...eventForms, ...unlisted])('%s', (_name, payload) => {
    const { body, headers } = signTestEvent(payload, secret);
    expect(unwrap(body, headers, secret)).toEqual(payload);
    const bytes = new TextEncoder().encode(body);
    for (const raw of [bytes, bytes.buffer, Buffer.from(bytes), bytes.subarray(0)])
      expect(unwrap(raw, headers, secret)).toEqual(payload);
  });

  test.each<HeaderPrefix>(['svix', 'webhook'])('with %s-* headers, in any form', (prefix) => {
    const { body, headers } = signTestEvent({ id: '1' }, secret, { prefix, id: 'msg_1' });
    const upper = Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]);
    for (const form of [headers, new Headers(headers), Object.fromEntries(upper)]) {
      expect(unwrap(body, form, secret)).toEqual({ id: '1' });
      expect(eventId(form)).toBe('msg_1');
    }
    expect(Object.keys(headers)).toContain(`${prefix}-signature`);
  });

  test('next to other headers', () => {
    const { body, headers } = signTestEvent({}, secret);
    expect(
      unwrap(body, { ...headers, ':path': '/', 'set-cookie': ['a', 'b'], via: undefined }, secret),
    ).toEqual({});
  });
});

test('the id is that of the verified headers, whatever the other headers contain', () => {
  const { body, headers } = signTestEvent({}, secret, { prefix: 'webhook', id: 'msg_1' });
  const both = { ...headers, 'svix-id': 'msg_of_someone_else' };
  expect(unwrap(body, both, secret)).toEqual({});
  expect(eventId(both)).toBe('msg_1');
});

describe('during a rotation of the secret', () => {
  const { body, headers } = signTestEvent({ id: '1' }, secret);

  test.each([[[secret, otherSecret]], [[otherSecret, secret]]])('one of %# verifies', (secrets) => {
    expect(unwrap(body, headers, secrets)).toEqual({ id: '1' });
  });

  test('the sender signs with both, in one header or in two', () => {
    const signature = `v1a,abc v1 ${signTestEvent({}, otherSecret).headers['svix-signature']} ${headers['svix-signature']}`;
    expect(unwrap(body, { ...headers, 'svix-signature': signature }, secret)).toEqual({ id: '1' });
    const two = ['v1,abc', headers['svix-signature'] ?? ''];
    expect(unwrap(body, { ...headers, 'svix-signature': two }, secret)).toEqual({ id: '1' });
  });
});

test('a test event looks like one of the sender', () => {
  const { body, headers } = signTestEvent('[as it is]', secret);
  expect(body).toBe('[as it is]');
  expect(headers).toEqual({
    'content-type': 'application/json',
    'svix-id': expect.stringMatching(/^msg_/),
    'svix-timestamp': expect.stringMatching(/^\d{10}$/),
    'svix-signature': expect.stringMatching(/^v1,[\w+/]{43}=$/),
  });
  expect(signTestEvent({}, secret).headers['svix-id']).not.toBe(headers['svix-id']);
});

describe('the clock', () => {
  afterEach(() => vi.useRealTimers());

  // https://docs.svix.com/receiving/verifying-payloads/how-manual
  test('a request from the documentation of Svix', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1614265330_000 });
    const headers = {
      'svix-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'svix-timestamp': '1614265330',
      'svix-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const event = unwrap('{"test": 2432232314}', headers, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    expect(event).toEqual({ test: 2432232314 });
  });

  test.each([-300, 300])('may be %i seconds away', (seconds) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { body, headers } = signTestEvent({ id: '1' }, secret);
    vi.setSystemTime(Date.now() + seconds * 1000);
    expect(unwrap(body, headers, secret)).toEqual({ id: '1' });
  });
});
