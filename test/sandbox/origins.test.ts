import { expect, test } from 'vitest';
import { useSandbox } from './running.ts';

const served = useSandbox({ prism: false });

test('the API refuses any call from another site, and none of a page of this machine', async () => {
  const path = `/v2/invitation/connection/${served.sandbox.connections.connected.id}`;
  const call = (method: string, headers: Record<string, string>) =>
    fetch(served.url + path, { method, headers: { 'x-api-key': served.sandbox.key, ...headers } });
  served.sandbox.faults.add({ kind: 'status', status: 503 });
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://app.localhost:3000' },
    { origin: 'http://127.0.0.1.evil.example' },
    { origin: '' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of foreign) {
    for (const method of ['POST', 'OPTIONS']) {
      const asked = {
        ...headers,
        ...(method === 'OPTIONS' && { 'access-control-request-method': 'POST' }),
      };
      const response = await call(method, asked as Record<string, string>);
      expect(
        [response.status, response.headers.get('access-control-allow-origin')],
        `${method} ${JSON.stringify(headers)}`,
      ).toEqual([403, null]);
    }
  }
  // None of them has used the fault up.
  expect((await call('POST', {})).status).toBe(503);
  expect(served.sandbox.invitations()).toEqual([]);
  for (const origin of ['http://localhost:3000', 'https://127.0.0.1:8443', 'http://[::1]:5173', served.url]) {
    const asked = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-api-key',
    };
    const allowed = await call('OPTIONS', asked);
    expect([allowed.status, ...allowed.headers].join()).toContain('content-type,x-api-key');
    const created = await call('POST', { origin, 'sec-fetch-site': 'same-site' });
    expect([created.status, created.headers.get('access-control-allow-origin')]).toEqual([201, origin]);
    expect(created.headers.get('vary')).toBe('origin');
  }
});
