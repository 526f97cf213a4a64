import { connect } from 'node:net';

/** Random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

const id = '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36';
const company = 'c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915';

const methods = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'CONNECT',
  'get',
  'X',
];

const targets = [
  ...[
    '/',
    '/%',
    '/%zz',
    '/%ff',
    '/%00',
    '//',
    '*',
    '/..',
    '/../../etc/passwd',
    '/?',
    '/#',
    '/[',
    '/\\',
    '/é',
  ],
  ...['http://evil.example/', '//evil.example/ping', '/index.html', '/reference.md', '/favicon.ico'],
  ...['/ping', '/v2/ping', '/v2.9/ping', '/v2/ping?__code=abc', '/ping?__server=http://x', '/ping?=&&=%'],
  ...[`/connection/${id}/details`, '/connection/%zz/details', '/connection/__proto__/details'],
  ...[
    'page=',
    'limit=',
    'sites=',
    'sites=&sites=',
    'page=0x1',
    'page=1&page=2',
    '__proto__=1',
    'page=1e999',
  ].map((query) => `/v2/connection/company/${company}?${query}`),
  ...[`/v2/invitation/company/${company}`, `/v2/invitation/connection/${id}`, `/invitation/connection/${id}`],
  ...[`/v2/invitation/${id}/revoke`, `/invitation/${id}/revoke`, `/v2/invitation/${id}`],
  ...['/sandbox/state', '/sandbox/mail', '/sandbox/control', '/sandbox/none', '/p/i/x', '/p/i/%zz', '/p/i/'],
];

/** Some end Prism, or keep it from responding, if it is alone. */
const headers = [
  ...['banana', '*', ',', '*/*;q=banana', 'application/json;', '\xff'].map((value) => `Accept: ${value}`),
  ...[
    'application/json;',
    'application/json; charset=utf-16',
    'banana',
    'text/plain',
    'application/json-patch+json',
  ].map((value) => `Content-Type: ${value}`),
  ...[
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    ';',
    '"',
    'application/json; charset="',
  ].map((value) => `Content-Type: ${value}`),
  ...['code=abc', 'code=500', 'example=__proto__', 'dynamic=banana', '=,;"', 'code=200; dynamic=true'].map(
    (value) => `Prefer: ${value}`,
  ),
  ...['status=429', 'status=', 'delay=', 'delay=1', 'slow=1', 'explode', '__proto__', 'status=999'].map(
    (value) => `X-Sandbox-Fault: ${value}`,
  ),
  ...[
    'Origin: https://evil.example',
    'Access-Control-Request-Method: POST',
    'Expect: 100-continue',
    'Expect: x',
  ],
  ...[
    'Transfer-Encoding: chunked',
    'Content-Length: 9',
    'Content-Length: -1',
    'Upgrade: websocket',
    'Range: bytes=0-',
  ],
  ...[
    'Content-Encoding: gzip',
    'Cookie: \u0001',
    ': x',
    'X-Long: '.padEnd(20_000, 'x'),
    'Host: evil.example',
    'Host:',
  ],
];

const bodies = [
  ...[
    '',
    '{}',
    '[]',
    'null',
    '0',
    '""',
    '{',
    '{"maxUses":1}',
    '{"maxUses":1e999}',
    '{"__proto__":{}}',
    '\xff\xfe{\0',
  ],
  ...[
    'email=a&password=right',
    `{"allowedEmails":"x","expiresInSeconds":${'9'.repeat(400)}}`,
    '['.repeat(5_000),
  ],
  ...['null', '{"action":"advance","days":999999}', '{"action":"advance","days":3e6}', '{"action":"use"}'],
  ...['{"action":"fault"}', '{"action":"fault","kind":"drop","times":1}', '{"action":"set-status"}'],
  ...['{"action":"__proto__"}', '{"action":"receiver","url":5}', '{"action":"send-again"}', '{"action":{}}'],
  ...['{"action":"use","link":1,"email":2,"password":3}', `{"action":"set-status","connectionId":"${id}"}`],
];

/** A message as bytes, in latin1. */
export interface RawRequest {
  bytes: string;
  /** It is a whole request of HTTP, so that it must get a response. */
  whole: boolean;
}

/** @param host the `Host` of the server */
export function randomRequest(random: () => number, host: string): RawRequest {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const method = random() < 0.7 ? pick(['GET', 'POST']) : pick(methods);
  const body = random() < 0.5 ? pick(bodies) : '';
  const lines = [`${method} ${pick(targets)} HTTP/1.1`, `Host: ${host}`, 'Connection: close'];
  if (random() < 0.8) lines.push('X-API-KEY: sandbox-key');
  if (random() < 0.6) lines.push('Content-Type: application/json');
  const extra = Array.from({ length: Math.floor(random() * 3) }, () => pick(headers));
  lines.push(...extra);
  if (body !== '') lines.push(`Content-Length: ${body.length}`);
  let bytes = `${lines.join('\r\n')}\r\n\r\n${body}`;
  // What frames a message decides whether it is whole.
  let whole = !extra.some((line) => /^(?:Content-Length|Transfer-Encoding|Expect):/.test(line));
  if (random() < 0.2) {
    whole = false;
    for (let changes = 1 + Math.floor(random() * 4); changes > 0; changes--) {
      const at = Math.floor(random() * bytes.length);
      const byte = String.fromCharCode(Math.floor(random() * 256));
      bytes = bytes.slice(0, at) + byte + bytes.slice(at + Math.floor(random() * 2));
    }
  }
  if (random() < 0.1) {
    whole = false;
    bytes = bytes.slice(0, Math.floor(random() * bytes.length));
  }
  return { bytes, whole };
}

/** What a server writes until it closes the connection. If it waits for more, the connection is cut. */
export async function send(url: string, { bytes, whole }: RawRequest): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket
    .on('error', () => {})
    .on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
  await new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
    socket.write(Buffer.from(bytes, 'latin1'), () => resolve());
  });
  // A response to another request shows that the server goes on.
  if (!whole) {
    await fetch(url).then((response) => response.arrayBuffer());
    socket.destroy();
  }
  await closed;
  return text;
}
