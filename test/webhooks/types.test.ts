import { signTestEvent, type UnlistedEvent, unwrap, type WebhookEvent } from 'nectar-openapi/webhooks';
import { describe, expect, test } from 'vitest';
import { secret } from './secret.ts';

/** Compiled by `npm run lint`: each line below an expected error must be one. */
function tell(event: WebhookEvent): string {
  // @ts-expect-error: as long as nobody knows which event it is, a field can hold anything.
  const early: string = event.status;
  switch (event.eventType) {
    case 'connection.created.v2':
      // @ts-expect-error: previous values come with an update alone.
      return `${event.status} ${event.old ?? typeof early}`;
    case 'connection.updated.v2': {
      const old: Record<string, unknown> | undefined = event.old;
      return `${old?.status} -> ${event.status}`;
    }
    case 'connection.validated.v2':
      return event.status;
    // @ts-expect-error: a typing error in the name of an event shows.
    case 'connection.validatet.v2':
      return '';
    default: {
      const rest: UnlistedEvent = event;
      // @ts-expect-error: of these nothing is known.
      const status: string = rest.status;
      return `${String(rest.eventType)} ${status}`;
    }
  }
}

describe('a switch on eventType narrows', () => {
  test.each([
    ['PENDING string', { eventType: 'connection.created.v2', id: '1', status: 'PENDING' }],
    [
      'PENDING -> CONNECTED',
      { eventType: 'connection.updated.v2', id: '1', status: 'CONNECTED', old: { status: 'PENDING' } },
    ],
    ['CONNECTED', { eventType: 'connection.validated.v2', id: '1', status: 'CONNECTED' }],
    ['connection.moved.v9 gone', { eventType: 'connection.moved.v9', status: 'gone' }],
    ['undefined CONNECTED', { id: '1', status: 'CONNECTED' }],
  ])('%s', (expected, payload) => {
    const { body, headers } = signTestEvent(payload, secret);
    expect(tell(unwrap(body, headers, secret))).toBe(expected);
  });
});
